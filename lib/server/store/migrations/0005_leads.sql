CREATE TABLE "contact_reads" (
	"account_id" text PRIMARY KEY NOT NULL,
	"lease_until" timestamp (3) with time zone,
	"read_at" timestamp (3) with time zone,
	"problem" text,
	"problem_reason" text,
	"retry_at" timestamp (3) with time zone
);
--> statement-breakpoint
CREATE TABLE "contact_series" (
	"account_id" text NOT NULL,
	"item_id" text NOT NULL,
	"kind" text NOT NULL,
	"unit" text NOT NULL,
	"block" integer NOT NULL,
	"counts" integer[] NOT NULL,
	"read_at" integer[] NOT NULL,
	"is_settled" boolean NOT NULL,
	"sum" integer NOT NULL,
	"told" integer NOT NULL,
	CONSTRAINT "contact_series_account_id_item_id_unit_kind_block_pk" PRIMARY KEY("account_id","item_id","unit","kind","block")
);
--> statement-breakpoint
CREATE TABLE "contact_totals" (
	"account_id" text NOT NULL,
	"item_id" text NOT NULL,
	"kind" text NOT NULL,
	"from_at" timestamp (3) with time zone NOT NULL,
	"to_at" timestamp (3) with time zone NOT NULL,
	"total" integer NOT NULL,
	"read_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "contact_totals_account_id_item_id_kind_from_at_to_at_pk" PRIMARY KEY("account_id","item_id","kind","from_at","to_at")
);
--> statement-breakpoint
CREATE TABLE "contact_wishes" (
	"account_id" text NOT NULL,
	"unit" text NOT NULL,
	"from_at" timestamp (3) with time zone NOT NULL,
	"to_at" timestamp (3) with time zone NOT NULL,
	"asked_at" timestamp (3) with time zone NOT NULL,
	"done_at" timestamp (3) with time zone,
	"done" integer DEFAULT 0 NOT NULL,
	"total" integer DEFAULT 0 NOT NULL,
	"problem" text,
	"problem_reason" text,
	"retry_at" timestamp (3) with time zone,
	CONSTRAINT "contact_wishes_account_id_unit_from_at_to_at_pk" PRIMARY KEY("account_id","unit","from_at","to_at")
);
--> statement-breakpoint
CREATE TABLE "lead_syncs" (
	"account_id" text PRIMARY KEY NOT NULL,
	"has_classifieds" boolean,
	"checked_at" timestamp (3) with time zone,
	"items_at" timestamp (3) with time zone,
	"leads_from" text,
	"leads_at" timestamp (3) with time zone,
	"leads_whole_at" timestamp (3) with time zone,
	"wanted_at" timestamp (3) with time zone,
	"wanted_from" text,
	"done" integer DEFAULT 0 NOT NULL,
	"total" integer,
	"problem" text,
	"problem_reason" text,
	"retry_at" timestamp (3) with time zone
);
--> statement-breakpoint
CREATE TABLE "leads" (
	"account_id" text NOT NULL,
	"id" text NOT NULL,
	"contact_type" text NOT NULL,
	"status" text,
	"sub_status" text,
	"created_at" timestamp (3) with time zone,
	"sort_at" timestamp (3) with time zone NOT NULL,
	"item_id" text,
	"is_guest" boolean NOT NULL,
	"buyer" jsonb,
	"question_id" text,
	"read_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "leads_account_id_id_pk" PRIMARY KEY("account_id","id")
);
--> statement-breakpoint
ALTER TABLE "contact_reads" ADD CONSTRAINT "contact_reads_account_id_accounts_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."accounts"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "contact_series" ADD CONSTRAINT "contact_series_account_id_accounts_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."accounts"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "contact_totals" ADD CONSTRAINT "contact_totals_account_id_accounts_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."accounts"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "contact_wishes" ADD CONSTRAINT "contact_wishes_account_id_accounts_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."accounts"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "lead_syncs" ADD CONSTRAINT "lead_syncs_account_id_accounts_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."accounts"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "leads" ADD CONSTRAINT "leads_account_id_accounts_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."accounts"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "contact_series_block" ON "contact_series" USING btree ("account_id","unit","block");--> statement-breakpoint
CREATE INDEX "contact_totals_age" ON "contact_totals" USING btree ("read_at");--> statement-breakpoint
CREATE INDEX "contact_wishes_open" ON "contact_wishes" USING btree ("asked_at") WHERE done_at is null;--> statement-breakpoint
CREATE INDEX "contact_wishes_age" ON "contact_wishes" USING btree ("asked_at");--> statement-breakpoint
CREATE INDEX "leads_newest" ON "leads" USING btree ("account_id","sort_at" DESC NULLS FIRST,"id" DESC NULLS FIRST);--> statement-breakpoint
CREATE INDEX "leads_type_newest" ON "leads" USING btree ("account_id","contact_type","sort_at" DESC NULLS FIRST,"id" DESC NULLS FIRST);--> statement-breakpoint
CREATE INDEX "leads_item_newest" ON "leads" USING btree ("account_id","item_id","sort_at" DESC NULLS FIRST,"id" DESC NULLS FIRST);--> statement-breakpoint
CREATE INDEX "leads_guest_newest" ON "leads" USING btree ("account_id","is_guest","sort_at" DESC NULLS FIRST,"id" DESC NULLS FIRST);--> statement-breakpoint
CREATE INDEX "listings_classified" ON "listings" USING btree ("account_id","item_id") WHERE listing ->> 'buyingMode' = 'classified';