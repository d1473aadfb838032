CREATE TABLE "list_counts" (
	"account_id" text NOT NULL,
	"channel" text NOT NULL,
	"todo" integer NOT NULL,
	"blocked" integer NOT NULL,
	"troubled" integer NOT NULL,
	CONSTRAINT "list_counts_account_id_channel_pk" PRIMARY KEY("account_id","channel")
);
--> statement-breakpoint
DROP INDEX "unseen_newest";--> statement-breakpoint
ALTER TABLE "list_counts" ADD CONSTRAINT "list_counts_account_id_accounts_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."accounts"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "unseen_channel_newest" ON "unseen" USING btree ("user_id","account_id","channel","sort_at" DESC NULLS FIRST,"thread_id" DESC NULLS FIRST);--> statement-breakpoint
-- What the lists hold already, up to 100 each.
INSERT INTO "list_counts" ("account_id", "channel", "todo", "blocked", "troubled")
SELECT "account_id", "channel",
  least(count(*) FILTER (WHERE "is_todo"), 100),
  least(count(*) FILTER (WHERE "status" = 'blocked'), 100),
  least(count(*) FILTER (WHERE "outbox_flag" IN ('held', 'uncertain', 'rejected', 'failed')), 100)
FROM "threads" GROUP BY "account_id", "channel";
