CREATE TABLE "listings" (
	"account_id" text NOT NULL,
	"item_id" text NOT NULL,
	"listing" jsonb,
	"read_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "listings_account_id_item_id_pk" PRIMARY KEY("account_id","item_id")
);
--> statement-breakpoint
CREATE TABLE "questions" (
	"account_id" text NOT NULL,
	"id" text NOT NULL,
	"thread_id" bigint NOT NULL,
	"status" text NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	"is_hidden" boolean DEFAULT false NOT NULL,
	CONSTRAINT "questions_account_id_id_pk" PRIMARY KEY("account_id","id")
);
--> statement-breakpoint
DROP INDEX "threads_waiting";--> statement-breakpoint
ALTER TABLE "drafts" DROP CONSTRAINT "drafts_user_id_thread_id_pk";--> statement-breakpoint
ALTER TABLE "drafts" ADD COLUMN "about" text DEFAULT '' NOT NULL;--> statement-breakpoint
ALTER TABLE "drafts" ADD CONSTRAINT "drafts_user_id_thread_id_about_pk" PRIMARY KEY("user_id","thread_id","about");--> statement-breakpoint
ALTER TABLE "threads" ADD COLUMN "item_id" text;--> statement-breakpoint
ALTER TABLE "threads" ADD COLUMN "chain_key" text;--> statement-breakpoint
ALTER TABLE "threads" ADD COLUMN "chain" jsonb;--> statement-breakpoint
ALTER TABLE "threads" ADD COLUMN "is_todo" boolean GENERATED ALWAYS AS (coalesce(rank < 300000000000000, is_waiting and status not in ('blocked', 'closed'))) STORED;--> statement-breakpoint
ALTER TABLE "listings" ADD CONSTRAINT "listings_account_id_accounts_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."accounts"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "questions" ADD CONSTRAINT "questions_account_id_accounts_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."accounts"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "questions" ADD CONSTRAINT "questions_thread_id_threads_id_fk" FOREIGN KEY ("thread_id") REFERENCES "public"."threads"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "questions_thread" ON "questions" USING btree ("thread_id");--> statement-breakpoint
CREATE INDEX "questions_unanswered" ON "questions" USING btree ("account_id","created_at") WHERE status = 'UNANSWERED';--> statement-breakpoint
CREATE UNIQUE INDEX "threads_chain" ON "threads" USING btree ("account_id","chain_key") WHERE chain_key is not null;--> statement-breakpoint
CREATE INDEX "threads_item" ON "threads" USING btree ("account_id","item_id") WHERE item_id is not null;--> statement-breakpoint
CREATE INDEX "threads_todo" ON "threads" USING btree ("account_id","channel","sort_at" DESC NULLS FIRST,"id" DESC NULLS FIRST) WHERE is_todo;--> statement-breakpoint
CREATE INDEX "threads_blocked" ON "threads" USING btree ("account_id","channel","sort_at" DESC NULLS FIRST,"id" DESC NULLS FIRST) WHERE status = 'blocked';--> statement-breakpoint
CREATE INDEX "threads_troubled" ON "threads" USING btree ("account_id","channel","sort_at" DESC NULLS FIRST,"id" DESC NULLS FIRST) WHERE outbox_flag in ('held', 'uncertain', 'rejected', 'failed');