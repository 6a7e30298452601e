package cloud.wuye.device.supply;

import cloud.wuye.device.command.DeliveryCheck;
import cloud.wuye.device.command.DeviceCommand;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Collection;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * Lets no command out that would give power while a hold is open. The switch row is locked here and where a hold is opened,
 * so the two cannot miss each other.
 */
@ApplicationScoped
class NoPowerAgainstAHold implements DeliveryCheck {
    private final Switches switches;

    NoPowerAgainstAHold(Switches switches) {
        this.switches = switches;
    }

    @Override
    public boolean concerns(DeviceCommand command) {
        return SwitchOps.isSwitching(command) && SwitchOps.target(command) != SwitchTarget.OFF;
    }

    @Override
    public Uni<Map<UUID, String>> objections(SqlConnection tx, Collection<DeviceCommand> commands) {
        return switches.heldOff(
                        tx, commands.stream().map(DeviceCommand::deviceId).toList())
                .map(held -> commands.stream()
                        .filter(command -> held.contains(command.deviceId()))
                        .collect(Collectors.toMap(DeviceCommand::id, command -> "a hold has been opened meanwhile")));
    }
}
