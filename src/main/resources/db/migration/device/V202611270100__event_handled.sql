-- Whether whoever an event, acknowledgement or request is for has taken it. One that was refused stays in the log, is parked,
-- and is handed over again when it comes again: from the device, which has not been told that it is stored, or by replay.
ALTER TABLE device_event ADD COLUMN handled boolean NOT NULL DEFAULT true;
GRANT UPDATE (handled) ON device_event TO wuye_app, wuye_cross;
