-- CreateTable
CREATE TABLE "group_sets" (
    "id" UUID NOT NULL,
    "used" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "group_sets_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "group_set_members" (
    "set_id" UUID NOT NULL,
    "group_id" UUID NOT NULL,

    CONSTRAINT "group_set_members_pkey" PRIMARY KEY ("set_id","group_id")
);

-- AddForeignKey
ALTER TABLE "group_set_members" ADD CONSTRAINT "group_set_members_set_id_fkey" FOREIGN KEY ("set_id") REFERENCES "group_sets"("id") ON DELETE NO ACTION ON UPDATE NO ACTION;
