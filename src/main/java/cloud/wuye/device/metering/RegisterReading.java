package cloud.wuye.device.metering;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.UUID;

/**
 * One counter read once, as it goes into the store.
 *
 * @param eventId the message's id: the same for every repetition of it
 * @param value kWh or m³, at most 4 decimals
 * @param at when it was true: the device's time, or {@code receivedAt} when its clock is not to be believed
 * @param deviceTime what the device's clock said
 * @param reason why a person gave it, or null
 * @param clockDoubted whether {@code at} is the time of arrival for that reason
 */
public record RegisterReading(
        UUID tenantId,
        UUID deviceId,
        MeterRegister register,
        UUID eventId,
        BigDecimal value,
        Instant at,
        Instant receivedAt,
        Instant deviceTime,
        boolean clockDoubted,
        ReadingOrigin origin,
        String reason) {

    /** Whether another one of the same counter is a repetition of this one. */
    boolean isSame(RegisterReading other) {
        return eventId.equals(other.eventId) && deviceTime.equals(other.deviceTime);
    }
}
