package cloud.wuye.platform.outbox;

import java.time.Instant;
import java.util.UUID;

/**
 * One message on its way out.
 *
 * @param seq order of writing; messages of one key leave in this order
 * @param id stable across repeated deliveries
 * @param tenantId whose
 * @param kind which {@link OutboxHandler} delivers it
 * @param key what must stay in order, e.g. a device's id
 * @param dedupeKey unique per tenant and kind; writing it twice keeps the first
 * @param payload JSON text
 * @param createdAt when it was written
 * @param attempts deliveries begun so far, this one included
 * @param traceId the trace that wrote it, or null
 */
public record OutboxMessage(
        long seq,
        UUID id,
        UUID tenantId,
        String kind,
        String key,
        String dedupeKey,
        String payload,
        Instant createdAt,
        int attempts,
        String traceId) {}
