\set number random(0, 9999999)
BEGIN;
INSERT INTO users (user_id, phone, status, is_phone_verified, epoch, locale, origin, created_at, updated_at)
    VALUES (gen_random_uuid(), '+96657' || lpad(:number::text, 7, '0'), 'pending', FALSE, 0, 'ar', 'self_service', now(), now())
    ON CONFLICT (phone) DO UPDATE SET phone = excluded.phone RETURNING user_id AS person \gset
INSERT INTO challenges (challenge_id, user_id, epoch, phone, purpose, code_length, key_id, locale, guess_key, attempts, max_attempts,
    created_at, expires_at, final_at, last_sent_at)
    VALUES (gen_random_uuid(), :person::uuid, 0, '+96657' || lpad(:number::text, 7, '0'), 'auth', 6, 'bench', 'ar', '\x00', 0, 5,
    now(), now() + interval '5 minutes', now() + interval '10 minutes', now()) RETURNING challenge_id AS challenge \gset
INSERT INTO outbox (outbox_id, kind, user_id, challenge_id, phone, locale, state, attempts, fence, available_at, expires_at, created_at,
    finished_at)
    VALUES (gen_random_uuid(), 'auth_code', :person::uuid, :challenge::uuid, '+96657' || lpad(:number::text, 7, '0'), 'ar', 'sent', 1, 1, now(),
    now() + interval '5 minutes', now(), now());
COMMIT;
UPDATE challenges SET attempts = attempts + 1 WHERE challenge_id = :challenge::uuid AND consumed_at IS NULL AND attempts < max_attempts;
BEGIN;
UPDATE challenges SET consumed_at = now() WHERE challenge_id = :challenge::uuid AND consumed_at IS NULL;
UPDATE users SET status = 'active', is_phone_verified = TRUE, phone_verified_at = COALESCE(phone_verified_at, now()), epoch = epoch + 1,
    updated_at = now() WHERE user_id = :person::uuid;
INSERT INTO sessions (session_id, user_id, epoch, kind, authenticated_at, last_seen_at, idle_expires_at, expires_at)
    VALUES (gen_random_uuid(), :person::uuid, 1, 'api', now(), now(), now() + interval '30 days', now() + interval '90 days')
    RETURNING session_id AS session \gset
INSERT INTO refresh_families (family_id, session_id, generation, current_hash, rotated_at)
    VALUES (gen_random_uuid(), :session::uuid, 0, decode(md5(random()::text), 'hex'), now());
COMMIT;
