package cloud.wuye.device.supply;

import cloud.wuye.device.command.CommandOp;
import cloud.wuye.device.command.DeviceCommand;
import cloud.wuye.device.contract.DeviceClass;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;

/** The switching ops; all of them share one lane, so that a device has one open switching command. */
final class SwitchOps {
    static final String LANE = "switch";
    static final CommandOp RELAY = CommandOp.absolute("relay.set").inLane(LANE).readBackBy(CommandOp.READ_STATE.name());
    static final CommandOp VALVE = CommandOp.absolute("valve.set").inLane(LANE).readBackBy(CommandOp.READ_STATE.name());

    private static final ObjectMapper MAPPER = new ObjectMapper();

    private SwitchOps() {}

    /** Lets somebody at the meter close it: no relay shows whether it was done, so there is nothing to read back. */
    static final CommandOp PERMIT = CommandOp.absolute(RELAY.name()).inLane(LANE);

    /** The op that switches such a device, or null if it has no switch. */
    static CommandOp of(DeviceClass deviceClass) {
        return switch (deviceClass) {
            case EMETER -> RELAY;
            case WMETER -> VALVE;
            case CHARGER, FACE, GATEWAY -> null;
        };
    }

    static boolean isSwitching(DeviceCommand command) {
        return command.op().equals(RELAY.name()) || command.op().equals(VALVE.name());
    }

    static SwitchTarget target(DeviceCommand command) {
        try {
            return SwitchTarget.of(
                    command.op(), MAPPER.readTree(command.args()).path("state").asText());
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("stored JSON is not JSON", e);
        }
    }
}
