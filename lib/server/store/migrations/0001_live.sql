CREATE TABLE "changes" (
	"account_id" text NOT NULL,
	"no" bigint NOT NULL,
	"thread_id" bigint,
	"user_id" uuid,
	"at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "changes_account_id_no_pk" PRIMARY KEY("account_id","no")
);
--> statement-breakpoint
CREATE TABLE "chores" (
	"key" text PRIMARY KEY NOT NULL,
	"claimed_by" uuid,
	"claimed_at" timestamp (3) with time zone,
	"done_at" timestamp (3) with time zone,
	"cursor_at" timestamp (3) with time zone,
	"found" integer DEFAULT 0 NOT NULL,
	"problem" text
);
--> statement-breakpoint
CREATE TABLE "counters" (
	"name" text NOT NULL,
	"labels" text DEFAULT '' NOT NULL,
	"value" double precision DEFAULT 0 NOT NULL,
	CONSTRAINT "counters_name_labels_pk" PRIMARY KEY("name","labels")
);
--> statement-breakpoint
CREATE TABLE "notices" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "notices_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"user_id" text NOT NULL,
	"account_id" text,
	"topic" text NOT NULL,
	"resource" text NOT NULL,
	"subject" text NOT NULL,
	"actions" jsonb DEFAULT '[]'::jsonb NOT NULL,
	"notice_id" text,
	"attempts" integer DEFAULT 1 NOT NULL,
	"sent_at" timestamp (3) with time zone,
	"received_at" timestamp (3) with time zone,
	"stored_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"source" text DEFAULT 'push' NOT NULL,
	"dedupe" text NOT NULL,
	"state" text DEFAULT 'pending' NOT NULL,
	"outcome" text,
	"tries" integer DEFAULT 0 NOT NULL,
	"not_before" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"claimed_by" uuid,
	CONSTRAINT "notices_dedupe_unique" UNIQUE("dedupe")
);
--> statement-breakpoint
CREATE TABLE "push_subscriptions" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"user_id" uuid NOT NULL,
	"session_id" uuid NOT NULL,
	"endpoint" text NOT NULL,
	"p256dh" text NOT NULL,
	"auth" text NOT NULL,
	"locale" text DEFAULT 'es' NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"failures" integer DEFAULT 0 NOT NULL,
	CONSTRAINT "push_subscriptions_endpoint_unique" UNIQUE("endpoint")
);
--> statement-breakpoint
CREATE TABLE "workers" (
	"id" uuid PRIMARY KEY NOT NULL,
	"started_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"seen_at" timestamp (3) with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
ALTER TABLE "messages" ADD COLUMN "stored_at" timestamp (3) with time zone DEFAULT now() NOT NULL;--> statement-breakpoint
ALTER TABLE "messages" ADD COLUMN "noticed_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "outbox" ADD COLUMN "seen" jsonb;--> statement-breakpoint
ALTER TABLE "outbox" ADD COLUMN "held_for" jsonb;--> statement-breakpoint
ALTER TABLE "rate_buckets" ADD COLUMN "factor" double precision DEFAULT 1 NOT NULL;--> statement-breakpoint
ALTER TABLE "rate_buckets" ADD COLUMN "adapted_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "threads" ADD COLUMN "pull_lane" text DEFAULT 'reconcile' NOT NULL;--> statement-breakpoint
ALTER TABLE "threads" ADD COLUMN "pull_owner" uuid;--> statement-breakpoint
ALTER TABLE "users" ADD COLUMN "undo_seconds" integer DEFAULT 5 NOT NULL;--> statement-breakpoint
ALTER TABLE "changes" ADD CONSTRAINT "changes_account_id_accounts_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."accounts"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "push_subscriptions" ADD CONSTRAINT "push_subscriptions_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "push_subscriptions" ADD CONSTRAINT "push_subscriptions_session_id_sessions_id_fk" FOREIGN KEY ("session_id") REFERENCES "public"."sessions"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "changes_age" ON "changes" USING btree ("at");--> statement-breakpoint
CREATE INDEX "notices_pending" ON "notices" USING btree ("not_before","id") WHERE state = 'pending';--> statement-breakpoint
CREATE INDEX "notices_subject" ON "notices" USING btree ("subject");--> statement-breakpoint
CREATE INDEX "notices_topic" ON "notices" USING btree ("user_id","topic","stored_at");--> statement-breakpoint
CREATE INDEX "notices_age" ON "notices" USING btree ("stored_at");--> statement-breakpoint
CREATE INDEX "push_user" ON "push_subscriptions" USING btree ("user_id");--> statement-breakpoint
CREATE INDEX "push_session" ON "push_subscriptions" USING btree ("session_id");--> statement-breakpoint
CREATE INDEX "messages_id" ON "messages" USING btree ("id");--> statement-breakpoint
CREATE INDEX "messages_unnoticed" ON "messages" USING btree ("account_id","stored_at") WHERE noticed_at is null and direction = 'in';--> statement-breakpoint
CREATE INDEX "threads_wished" ON "threads" USING btree ("pull_wanted_at") WHERE pull_wanted_at is not null and pull_lane <> 'reconcile';--> statement-breakpoint
CREATE INDEX "threads_order" ON "threads" USING btree ("order_id");--> statement-breakpoint
CREATE INDEX "threads_shipment" ON "threads" USING btree ("shipment_id");--> statement-breakpoint
-- What was there before notifications were listened to is no gap of theirs.
UPDATE "messages" SET "stored_at" = "created_at", "noticed_at" = "created_at";
