package cloud.wuye.device.supply;

import cloud.wuye.device.command.CommandListener;
import cloud.wuye.device.command.CommandState;
import cloud.wuye.device.command.DeviceCommand;
import cloud.wuye.platform.time.Clock;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/** Notes how switching commands end: what the device then is, and how long to wait before the next try. */
@ApplicationScoped
class SettledSwitchings implements CommandListener {
    private static final Set<CommandState> IN_VAIN =
            EnumSet.of(CommandState.FAILED, CommandState.EXPIRED, CommandState.OUTCOME_UNKNOWN);

    private final Switches switches;
    private final SwitchEvents events;
    private final Clock clock;

    SettledSwitchings(Switches switches, SwitchEvents events, Clock clock) {
        this.switches = switches;
        this.events = events;
        this.clock = clock;
    }

    @Override
    public Uni<Void> changed(SqlConnection tx, Collection<DeviceCommand> commands) {
        List<DeviceCommand> ended = commands.stream()
                .filter(SwitchOps::isSwitching)
                .filter(command -> command.state() == CommandState.SUCCEEDED || IN_VAIN.contains(command.state()))
                .sorted(Comparator.comparing(DeviceCommand::deviceId))
                .toList();
        if (ended.isEmpty()) {
            return Uni.createFrom().voidItem();
        }
        Instant now = clock.now();
        List<UUID> devices = new ArrayList<>();
        List<Boolean> done = new ArrayList<>();
        List<String> states = new ArrayList<>();
        List<SwitchEvents.Failed> failed = new ArrayList<>();
        for (DeviceCommand command : ended) {
            boolean success = command.state() == CommandState.SUCCEEDED;
            SwitchTarget target = SwitchOps.target(command);
            devices.add(command.deviceId());
            done.add(success);
            states.add(success && target != SwitchTarget.PERMIT ? target.name() : null);
            if (!success) {
                String why = command.code() == null ? command.state().name() : command.code();
                failed.add(new SwitchEvents.Failed(command.tenantId(), command.deviceId(), command.id(), why));
            }
        }
        return switches.settled(tx, now, devices, done, states).chain(() -> events.failed(tx, now, failed));
    }
}
