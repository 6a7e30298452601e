-- Where the picture of a reading that a person gave is kept, as the client names it: an address or an object's key.
CREATE TABLE reading_photo (
  tenant_id  uuid NOT NULL,
  device_id  uuid NOT NULL,
  event_id   uuid NOT NULL,
  reference  text NOT NULL CHECK (length(reference) BETWEEN 1 AND 500),
  PRIMARY KEY (tenant_id, device_id, event_id),
  FOREIGN KEY (tenant_id, device_id) REFERENCES device (tenant_id, id)
);
CALL fence_append_only('reading_photo');
