CREATE TABLE "account_facts" (
	"account_id" text NOT NULL,
	"name" text NOT NULL,
	"value" jsonb,
	"read_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "account_facts_account_id_name_pk" PRIMARY KEY("account_id","name")
);
--> statement-breakpoint
ALTER TABLE "account_facts" ADD CONSTRAINT "account_facts_account_id_accounts_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."accounts"("id") ON DELETE cascade ON UPDATE no action;