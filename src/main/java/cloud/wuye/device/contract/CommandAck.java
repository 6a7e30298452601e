package cloud.wuye.device.contract;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * How far a command has come.
 *
 * @param commandId the command, letter by letter as it was sent
 * @param stage how far
 * @param code why not; always there for FAILED and REJECTED
 * @param detail a sentence for people, or null
 * @param result what came out, or null
 * @param duplicate whether the device gave this answer before
 * @param stateVersion the version of the reported state after it, or null
 * @param data all of it, as it came
 */
public record CommandAck(
        String commandId,
        Stage stage,
        String code,
        String detail,
        JsonNode result,
        boolean duplicate,
        Long stateVersion,
        JsonNode data)
        implements Payload {

    /** How far a command has come. */
    public enum Stage {
        ACCEPTED,
        EXECUTED,
        FAILED,
        REJECTED,
        EXPIRED
    }

    static CommandAck from(JsonNode data) {
        return new CommandAck(
                Read.text(data, "cmd"),
                Read.word(data, "stage", Stage.class),
                Read.text(data, "code"),
                Read.text(data, "detail"),
                data.get("result"),
                Boolean.TRUE.equals(Read.flag(data, "dup")),
                Read.integer(data, "stateVersion"),
                data);
    }
}
