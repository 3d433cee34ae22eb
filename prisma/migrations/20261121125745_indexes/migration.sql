-- CreateIndex
CREATE INDEX "contact_household_campaigns_customer_id_modified_id_idx" ON "contact_household_campaigns"("customer_id", "modified", "id");

-- CreateIndex
CREATE INDEX "contacts_customer_id_external_id_id_idx" ON "contacts"("customer_id", "external_id", "id");

-- CreateIndex
CREATE INDEX "contacts_customer_id_modified_id_idx" ON "contacts"("customer_id", "modified", "id");

-- CreateIndex
CREATE INDEX "contacts_profile_idx" ON "contacts" USING GIN ("profile" jsonb_path_ops);

-- CreateIndex
CREATE INDEX "contacts_fields_idx" ON "contacts" USING GIN ("fields" jsonb_path_ops);

-- CreateIndex
CREATE INDEX "households_customer_id_modified_id_idx" ON "households"("customer_id", "modified", "id");

-- CreateIndex
CREATE INDEX "interactions_customer_id_modified_id_idx" ON "interactions"("customer_id", "modified", "id");
