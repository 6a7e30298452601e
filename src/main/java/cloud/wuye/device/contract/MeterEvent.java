package cloud.wuye.device.contract;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;

/**
 * An event of an electricity or water meter; what does not belong to its kind is null.
 *
 * @param kind what happened
 * @param relay the breaker after a SWITCH
 * @param valve the valve after a SWITCH
 * @param cause who or what moved the switch, in the contract's word
 * @param commandId the command that did it
 * @param code which ALARM
 * @param active whether the ALARM stands; for POWER, whether it is back
 * @param purchase the purchase number in the meter after a PURCHASE
 * @param credit in kWh, after a PURCHASE
 */
public record MeterEvent(
        Kind kind,
        Relay relay,
        Valve valve,
        String cause,
        String commandId,
        String code,
        Boolean active,
        Long purchase,
        BigDecimal credit,
        JsonNode data)
        implements DeviceEvent {

    /** What happened to a meter. */
    public enum Kind {
        SWITCH,
        ALARM,
        POWER,
        PURCHASE
    }

    static MeterEvent from(JsonNode data) {
        Kind kind = Read.word(data, "type", Kind.class);
        return new MeterEvent(
                kind,
                Read.word(data, "relay", Relay.class),
                Read.word(data, "valve", Valve.class),
                Read.text(data, "cause"),
                Read.text(data, "cmd"),
                Read.text(data, "code"),
                kind == Kind.POWER
                        ? Boolean.valueOf("back".equals(Read.text(data, "supply")))
                        : Read.flag(data, "active"),
                Read.integer(data, "purchase"),
                Read.decimal(data, "credit"),
                data);
    }
}
