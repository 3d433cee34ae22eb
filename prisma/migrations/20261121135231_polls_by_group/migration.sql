-- CreateIndex
CREATE INDEX "contact_household_campaigns_customer_id_security_group_id_m_idx" ON "contact_household_campaigns"("customer_id", "security_group_id", "modified", "id");

-- CreateIndex
CREATE INDEX "contacts_customer_id_security_group_id_modified_id_idx" ON "contacts"("customer_id", "security_group_id", "modified", "id");

-- CreateIndex
CREATE INDEX "households_customer_id_security_group_id_modified_id_idx" ON "households"("customer_id", "security_group_id", "modified", "id");

-- CreateIndex
CREATE INDEX "interactions_customer_id_security_group_id_modified_id_idx" ON "interactions"("customer_id", "security_group_id", "modified", "id");
