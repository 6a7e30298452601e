package cloud.wuye.device.metering.credit;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.UUID;

/**
 * One clearing of a meter's credit.
 *
 * @param register the last believed reading, or null
 * @param before credit before it, in the account's unit
 * @param after credit after it; null until it is done
 * @param refundFen what is owed to the customer; null until it is done
 * @param purchaseId the write of the meter's credit, or null where the service counts it
 * @param billId whose carried credit it is, or null
 * @param entryId in the journal, or null
 */
record MeterClear(
        UUID id,
        UUID tenantId,
        UUID pointId,
        UUID deviceId,
        BigDecimal register,
        BigDecimal before,
        BigDecimal after,
        Remainder remainder,
        Long refundFen,
        String reason,
        ClearState state,
        UUID purchaseId,
        UUID billId,
        UUID entryId,
        String clientKey,
        Instant createdAt,
        String bySubject,
        String byName) {}
