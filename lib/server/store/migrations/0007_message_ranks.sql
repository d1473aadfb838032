-- Messages with a term had no place among what is due before (docs/decisions/049).
UPDATE "threads" SET "rank" = least(greatest(round(extract(epoch from "due_at") * 1000), 0), 99999999999999)::bigint
WHERE "channel" = 'messages' AND "due_at" IS NOT NULL AND "rank" IS NULL;
