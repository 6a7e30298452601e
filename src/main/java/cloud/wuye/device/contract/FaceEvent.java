package cloud.wuye.device.contract;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;

/**
 * An event of a face terminal; what does not belong to its kind is null.
 *
 * @param record the terminal's own number of the record
 * @param person the person, as enrolled
 * @param method how the person asked to pass, in the contract's word
 * @param allowed what the terminal decided
 * @param why why it denied
 * @param score likeness, 0 to 1
 * @param door from 1
 * @param code which ALARM
 * @param active whether the ALARM stands
 */
public record FaceEvent(
        Kind kind,
        String record,
        String person,
        String method,
        Boolean allowed,
        String why,
        BigDecimal score,
        Long door,
        String code,
        Boolean active,
        JsonNode data)
        implements DeviceEvent {

    /** What happened at a door. */
    public enum Kind {
        PASS,
        ALARM
    }

    static FaceEvent from(JsonNode data) {
        String result = Read.text(data, "result");
        return new FaceEvent(
                Read.word(data, "type", Kind.class),
                Read.text(data, "rec"),
                Read.text(data, "person"),
                Read.text(data, "method"),
                result == null ? null : "allow".equals(result),
                Read.text(data, "why"),
                Read.number(data, "score"),
                Read.integer(data, "door"),
                Read.text(data, "code"),
                Read.flag(data, "active"),
                data);
    }
}
