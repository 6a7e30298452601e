package cloud.wuye.device.supply;

import cloud.wuye.device.command.CommandListener;
import cloud.wuye.device.command.CommandState;
import cloud.wuye.device.command.DeviceCommand;
import cloud.wuye.platform.time.Clock;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * Notes how switching commands end: what the device then is, and how long to wait before the next try. What was asked for meanwhile,
 * and waited for the end of the command, is done at once: who paid while being cut off does not sit in the dark till the next round.
 */
@ApplicationScoped
class SettledSwitchings implements CommandListener {
    private static final Set<CommandState> IN_VAIN =
            EnumSet.of(CommandState.FAILED, CommandState.EXPIRED, CommandState.OUTCOME_UNKNOWN);

    /** The contract's word of a device whose state is not what the command expected. */
    private static final String STATE_CHANGED = "STATE_CHANGED";

    private final SwitchAnswers answers;
    private final SwitchEvents events;
    private final Reconciler reconciler;
    private final Clock clock;

    SettledSwitchings(SwitchAnswers answers, SwitchEvents events, Reconciler reconciler, Clock clock) {
        this.answers = answers;
        this.events = events;
        this.reconciler = reconciler;
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
        List<SwitchAnswers.Ending> endings =
                ended.stream().map(SettledSwitchings::ending).toList();
        List<SwitchEvents.Failed> failed = ended.stream()
                .filter(command -> command.state() != CommandState.SUCCEEDED)
                .map(SettledSwitchings::failed)
                .toList();
        return answers.settled(tx, now, endings)
                .call(() -> events.failed(tx, now, failed))
                .chain(again -> reconciler.reconcile(tx, again));
    }

    /** What a person said it is does not count any more: it is as it reports itself, and the reconciler goes by that. */
    @Override
    public Uni<Void> contradicted(SqlConnection tx, Collection<DeviceCommand> commands) {
        return answers.doubted(
                tx,
                commands.stream()
                        .filter(SwitchOps::isSwitching)
                        .map(DeviceCommand::deviceId)
                        .distinct()
                        .sorted()
                        .toList());
    }

    private static SwitchAnswers.Ending ending(DeviceCommand command) {
        boolean done = command.state() == CommandState.SUCCEEDED;
        SwitchTarget target = SwitchOps.target(command);
        boolean known = done && target != SwitchTarget.PERMIT;
        boolean movedOn = command.expectVersion() != null && STATE_CHANGED.equals(command.code());
        return new SwitchAnswers.Ending(
                command.deviceId(),
                done,
                known ? SwitchState.valueOf(target.name()) : null,
                command.createdAt(),
                command.answeredVersion(),
                command.wasUnknown() && command.result() != null,
                movedOn);
    }

    private static SwitchEvents.Failed failed(DeviceCommand command) {
        String why = command.code() == null ? command.state().name() : command.code();
        return new SwitchEvents.Failed(command.tenantId(), command.deviceId(), command.id(), why);
    }
}
