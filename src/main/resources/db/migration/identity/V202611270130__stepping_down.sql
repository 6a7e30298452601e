-- A manager who is about to stop being one, while Keycloak is told: no longer counts as the other one who stays. If we die
-- meanwhile it stays so until the change is repeated, or the person is made a manager again.
ALTER TABLE staff ADD COLUMN stepping_down boolean NOT NULL DEFAULT false;
