CREATE TABLE "audits" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"account_id" text NOT NULL,
	"thread_id" bigint NOT NULL,
	"user_id" uuid NOT NULL,
	"by" text NOT NULL,
	"outbox_id" uuid NOT NULL,
	"act" jsonb NOT NULL,
	"confirmed" jsonb NOT NULL,
	"at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"answer" jsonb,
	"answered_at" timestamp (3) with time zone,
	CONSTRAINT "audits_outbox_id_unique" UNIQUE("outbox_id")
);
--> statement-breakpoint
ALTER TABLE "messages" ADD COLUMN "to_role" text;--> statement-breakpoint
ALTER TABLE "messages" ADD COLUMN "stage" text;--> statement-breakpoint
ALTER TABLE "outbox" ADD COLUMN "act" jsonb;--> statement-breakpoint
ALTER TABLE "threads" ADD COLUMN "pack_id" text;--> statement-breakpoint
ALTER TABLE "threads" ADD COLUMN "claim" jsonb;--> statement-breakpoint
ALTER TABLE "threads" ADD COLUMN "brief" jsonb;--> statement-breakpoint
ALTER TABLE "threads" ADD COLUMN "rank" bigint;--> statement-breakpoint
ALTER TABLE "audits" ADD CONSTRAINT "audits_account_id_accounts_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."accounts"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "audits" ADD CONSTRAINT "audits_thread_id_threads_id_fk" FOREIGN KEY ("thread_id") REFERENCES "public"."threads"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "audits_thread" ON "audits" USING btree ("thread_id","at");--> statement-breakpoint
CREATE INDEX "audits_account" ON "audits" USING btree ("account_id","at");--> statement-breakpoint
CREATE INDEX "threads_ranked" ON "threads" USING btree ("account_id","channel","rank","id") WHERE rank is not null;--> statement-breakpoint
CREATE INDEX "threads_due" ON "threads" USING btree ("account_id","rank","id") WHERE rank < 300000000000000;--> statement-breakpoint
CREATE INDEX "threads_pack" ON "threads" USING btree ("pack_id") WHERE pack_id is not null;