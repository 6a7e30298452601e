package cloud.wuye.device.supply;

import cloud.wuye.device.command.CommandOp;
import cloud.wuye.device.command.CommandOrigin;
import cloud.wuye.device.command.CommandState;
import cloud.wuye.device.command.DeviceCommand;
import cloud.wuye.device.command.DeviceCommands;
import cloud.wuye.device.command.Order;
import cloud.wuye.device.command.SendCommands;
import cloud.wuye.device.inbox.ReportedSwitch;
import cloud.wuye.platform.security.Caller;
import cloud.wuye.platform.time.Clock;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Supplier;

/**
 * Sees to it that devices are as their holds want them, in the caller's transaction: a fixed number of statements for any
 * number of devices of one tenant.
 */
@ApplicationScoped
public class Reconciler {
    private final Switches switches;
    private final DeviceCommands commands;
    private final SendCommands send;
    private final Clock clock;

    Reconciler(Switches switches, DeviceCommands commands, SendCommands send, Clock clock) {
        this.switches = switches;
        this.commands = commands;
        this.send = send;
        this.clock = clock;
    }

    /**
     * On whose behalf commands go out, and which note they carry.
     *
     * @param seen whether they rest on how a person saw the device stand: then they hold for that state only
     */
    record Cause(Caller by, CommandOrigin origin, String note, boolean seen) {
        static Cause system(UUID tenantId) {
            return new Cause(Caller.system(tenantId), CommandOrigin.SYSTEM, null, false);
        }
    }

    /** Looks at these devices, company by company, and issues or supersedes what is needed. */
    Uni<Void> reconcile(SqlConnection tx, Map<UUID, List<UUID>> devicesByTenant) {
        Uni<Void> all = Uni.createFrom().voidItem();
        for (Map.Entry<UUID, List<UUID>> tenant : devicesByTenant.entrySet()) {
            all = all.chain(() -> change(
                            tx,
                            tenant.getKey(),
                            tenant.getValue(),
                            SwitchState.ON,
                            Cause.system(tenant.getKey()),
                            () -> Uni.createFrom().voidItem()))
                    .replaceWithVoid();
        }
        return all;
    }

    /** Commands are locked before switches, everywhere; for those who must touch the switches before they reconcile. */
    Uni<Void> lockCommands(SqlConnection tx, Map<UUID, List<UUID>> devicesByTenant) {
        Uni<Void> all = Uni.createFrom().voidItem();
        for (Map.Entry<UUID, List<UUID>> tenant : devicesByTenant.entrySet()) {
            all = all.chain(() -> commands.openInLane(tx, tenant.getKey(), tenant.getValue(), SwitchOps.LANE))
                    .replaceWithVoid();
        }
        return all;
    }

    /**
     * The same round a change of holds: locks, lets the change happen, works out what is
     * desired now, and acts.
     *
     * @param firstDesired what the change makes of a device that nothing has held so far
     */
    Uni<Integer> change(
            SqlConnection tx,
            UUID tenantId,
            Collection<UUID> devices,
            SwitchState firstDesired,
            Cause cause,
            Supplier<Uni<Void>> holds) {
        if (devices.isEmpty()) {
            return Uni.createFrom().item(0);
        }
        Instant now = clock.now();
        return commands.openInLane(tx, tenantId, devices, SwitchOps.LANE)
                .flatMap(open -> switches.lock(tx, tenantId, devices, firstDesired, now)
                        .flatMap(locked -> holds.get()
                                .chain(() -> switches.reckon(tx, tenantId, locked, now))
                                .flatMap(rows -> act(tx, tenantId, new Round(rows, open, now), cause))));
    }

    private Uni<Integer> act(SqlConnection tx, UUID tenantId, Round round, Cause cause) {
        round.decide(cause);
        return commands.save(tx, round.superseded)
                .chain(() -> switches.notCut(tx, round.notCut))
                .chain(() -> switches.permitted(tx, round.permitted))
                .chain(() -> send.queue(tx, tenantId, round.orders))
                .map(List::size);
    }

    /** One look at some devices, worked out in memory. */
    private static final class Round {
        private final List<SwitchRow> rows;
        private final Map<UUID, DeviceCommand> open = new HashMap<>();
        private final Instant now;
        private final List<DeviceCommand> superseded = new ArrayList<>();
        private final List<Order> orders = new ArrayList<>();
        private final List<UUID> permitted = new ArrayList<>();
        private final List<UUID> notCut = new ArrayList<>();

        Round(List<SwitchRow> rows, List<DeviceCommand> locked, Instant now) {
            this.rows = rows;
            this.now = now;
            locked.forEach(command -> open.put(command.deviceId(), command));
        }

        void decide(Cause cause) {
            for (SwitchRow row : rows) {
                DeviceCommand command = open.get(row.deviceId());
                UUID known = command == null ? null : command.id();
                // Someone issued a command between our two locks: that one has seen the same holds.
                boolean overtaken = !java.util.Objects.equals(known, row.openNow());
                if (row.inService() && !overtaken) {
                    decide(row, command, cause);
                }
            }
        }

        private void decide(SwitchRow row, DeviceCommand command, Cause cause) {
            SwitchDecision decision = SwitchDecision.of(row.facts(
                    command == null ? null : SwitchOps.target(command),
                    command != null && command.state() == CommandState.QUEUED,
                    now));
            if (decision.supersede()) {
                boolean neverSent = command.attempt() == 0 && SwitchOps.target(command) == SwitchTarget.OFF;
                command.supersede(now, "no longer wanted");
                superseded.add(command);
                if (neverSent && row.desired() == SwitchState.ON && row.reported() == ReportedSwitch.ON) {
                    notCut.add(row.deviceId());
                }
            }
            if (decision.issue() != null) {
                orders.add(order(row, decision.issue(), cause));
                if (decision.issue() == SwitchTarget.PERMIT) {
                    permitted.add(row.deviceId());
                }
            }
        }

        private static Order order(SwitchRow row, SwitchTarget target, Cause cause) {
            CommandOp op = target == SwitchTarget.PERMIT ? SwitchOps.PERMIT : SwitchOps.of(row.deviceClass());
            String word = target.word(row.deviceClass());
            Map<String, String> args =
                    row.reason() == null ? Map.of("state", word) : Map.of("state", word, "reason", row.reason());
            return new Order(
                            row.deviceId(),
                            op,
                            args,
                            cause.origin(),
                            cause.by(),
                            cause.note(),
                            null,
                            null,
                            Order.PATIENCE)
                    .expecting(cause.seen() ? row.stateVersion() : null);
        }
    }
}
