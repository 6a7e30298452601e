package cloud.wuye.device.contract;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;

/**
 * An event of a charging pile; what the device left out is null.
 *
 * @param socket from 0
 * @param orderNo the session's order
 * @param reason why it ended, or what is wrong
 * @param energy of the session, in kWh
 * @param seconds of the session
 * @param fin no more energy will be added
 * @param active whether a fault still stands
 */
public record ChargerEvent(
        Kind kind,
        int socket,
        String orderNo,
        StopReason reason,
        BigDecimal energy,
        Long seconds,
        boolean fin,
        boolean active,
        JsonNode data)
        implements DeviceEvent {

    /** What happened to a socket. */
    public enum Kind {
        PLUG,
        UNPLUG,
        START,
        SETTLE,
        FAULT
    }

    /** Why charging ended, or what is wrong. */
    public enum StopReason {
        FULL,
        MAX_TIME,
        PRESET_TIME,
        PRESET_ENERGY,
        UNPLUGGED,
        OVERLOAD,
        OVER_TEMP,
        LOW_POWER,
        REMOTE,
        NO_POWER,
        SMOKE,
        WATER,
        FIRE,
        FAULT
    }

    static ChargerEvent from(JsonNode data) {
        return new ChargerEvent(
                Read.word(data, "type", Kind.class),
                data.get("sock").intValue(),
                Read.text(data, "order"),
                Read.word(data, "reason", StopReason.class),
                Read.decimal(data, "e"),
                Read.integer(data, "t"),
                Boolean.TRUE.equals(Read.flag(data, "final")),
                !Boolean.FALSE.equals(Read.flag(data, "active")),
                data);
    }
}
