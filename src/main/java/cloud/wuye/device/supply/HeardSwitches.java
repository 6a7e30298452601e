package cloud.wuye.device.supply;

import cloud.wuye.device.inbox.DeviceStateListener;
import cloud.wuye.device.inbox.ReportedSwitch;
import cloud.wuye.device.inbox.StateChange;
import cloud.wuye.platform.live.Live;
import cloud.wuye.platform.time.Clock;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Collectors;

/** Reconciles devices as they come back or report another state, and logs what they report. */
@ApplicationScoped
class HeardSwitches implements DeviceStateListener {
    private final SwitchAnswers answers;
    private final SwitchEvents events;
    private final Reconciler reconciler;
    private final Live live;
    private final Clock clock;

    HeardSwitches(SwitchAnswers answers, SwitchEvents events, Reconciler reconciler, Live live, Clock clock) {
        this.answers = answers;
        this.events = events;
        this.reconciler = reconciler;
        this.live = live;
        this.clock = clock;
    }

    @Override
    public Uni<Void> changed(SqlConnection tx, List<StateChange> changes) {
        List<StateChange> ours = changes.stream()
                .filter(change -> SwitchOps.of(change.device().deviceClass()) != null)
                .filter(change -> change.cameOnline() || change.switchChanged())
                .sorted(Comparator.comparing(change -> change.device().id()))
                .toList();
        if (ours.isEmpty()) {
            return Uni.createFrom().voidItem();
        }
        Map<UUID, List<UUID>> byTenant = ours.stream()
                .collect(Collectors.groupingBy(
                        change -> change.device().tenantId(),
                        TreeMap::new,
                        Collectors.mapping(change -> change.device().id(), Collectors.toList())));
        return events.switched(tx, switched(ours))
                .chain(() -> reconciler.lockCommands(tx, byTenant))
                .chain(() -> heard(tx, ours))
                .chain(() -> reconciler.reconcile(tx, byTenant))
                .chain(() -> live.changed(tx, SupplyNews.TOPIC, byTenant));
    }

    private List<SwitchEvents.Switched> switched(List<StateChange> changes) {
        Instant now = clock.now();
        return changes.stream()
                .filter(StateChange::switchChanged)
                .filter(change ->
                        change.reportedSwitch() == ReportedSwitch.ON || change.reportedSwitch() == ReportedSwitch.OFF)
                .map(change -> new SwitchEvents.Switched(
                        change.device().tenantId(),
                        change.device().id(),
                        change.switchReportedAt() == null ? now : change.switchReportedAt(),
                        SwitchState.valueOf(change.reportedSwitch().name())))
                .toList();
    }

    private Uni<Void> heard(SqlConnection tx, List<StateChange> changes) {
        List<UUID> devices = new ArrayList<>();
        List<String> states = new ArrayList<>();
        List<Boolean> changed = new ArrayList<>();
        for (StateChange change : changes) {
            devices.add(change.device().id());
            states.add(
                    change.reportedSwitch() == null
                            ? null
                            : change.reportedSwitch().name());
            changed.add(change.switchChanged());
        }
        return answers.heard(tx, devices, states, changed);
    }
}
