package cloud.wuye.device.metering;

import cloud.wuye.platform.problem.Detail;
import cloud.wuye.platform.problem.Problem;
import cloud.wuye.platform.problem.ProblemCode;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.UUID;

/**
 * The time a meter counts for a service point. Immutable; {@link #removed} gives the closed one or refuses.
 *
 * @param servicePointId what is supplied; it keeps its id when its meter is replaced
 * @param openingId the reading that opens it
 * @param closingId the reading that closes it, or null while it is open
 * @param ctRatio what the current transformers divide by, 1 without
 * @param multiplier any other factor between the counter and the quantity, 1 as a rule
 * @param registerDigits digits before the point, after which the counter begins anew
 * @param maxPerHour the most the counter can move in an hour
 */
record Installation(
        UUID id,
        UUID servicePointId,
        UUID deviceId,
        Instant installedAt,
        UUID openingId,
        BigDecimal initialRegister,
        BigDecimal ctRatio,
        BigDecimal multiplier,
        int registerDigits,
        BigDecimal maxPerHour,
        Instant removedAt,
        UUID closingId,
        BigDecimal finalRegister) {

    /** Closed at an instant with a last reading. */
    Installation removed(Instant at, UUID closing, BigDecimal counter) {
        if (removedAt != null) {
            throw new Problem(ProblemCode.METER_NOT_INSTALLED);
        }
        if (at.isBefore(installedAt)) {
            throw new Problem(ProblemCode.VALIDATION, "at", Detail.of("早于装表", "before the installation"));
        }
        return new Installation(
                id,
                servicePointId,
                deviceId,
                installedAt,
                openingId,
                initialRegister,
                ctRatio,
                multiplier,
                registerDigits,
                maxPerHour,
                at,
                closing,
                counter);
    }

    /** Units of quantity in one unit of the counter. */
    BigDecimal factor() {
        return ctRatio.multiply(multiplier);
    }

    /** Where the counter begins anew. */
    BigDecimal capacity() {
        return BigDecimal.TEN.pow(registerDigits);
    }
}
