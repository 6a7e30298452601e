package cloud.wuye.device.inbox;

import static cloud.wuye.platform.db.Columns.instant;

import cloud.wuye.device.contract.DeviceInfo;
import cloud.wuye.device.contract.ElectricityTelemetry;
import cloud.wuye.device.contract.Envelope;
import cloud.wuye.device.contract.MeterEvent;
import cloud.wuye.device.contract.Payload;
import cloud.wuye.device.contract.Presence;
import cloud.wuye.device.contract.ReportedState;
import cloud.wuye.device.contract.WaterTelemetry;
import com.fasterxml.jackson.databind.JsonNode;
import io.vertx.mutiny.sqlclient.Row;
import java.time.Duration;
import java.time.Instant;

/**
 * What a device last said of itself, as one row that is locked while a batch works on it. Nothing here goes backwards: a
 * late, repeated or shuffled message changes only what it is news for.
 */
final class DeviceState {
    /** How often at most a device is told to set its clock. */
    static final Duration CLOCK_SYNC_PAUSE = Duration.ofHours(1);

    /** What is read of its row, after the device's id; what it reported as a whole is written only. */
    static final String COLUMNS =
            "connectivity, connectivity_at, last_seen_at, heartbeat_seconds, clock_skew_ms, clock_suspect,"
                    + " clock_probe_ms, clock_probe_ts, boot, boot_at, last_seq, seq_gaps, state_version, switch_reported,"
                    + " switch_reported_at, switch_heard_at, clock_sync_at";

    private final KnownDevice device;
    private final Connectivity connectivityBefore;
    private final ReportedSwitch switchBefore;
    private Connectivity connectivity;
    private Instant connectivityAt;
    private Instant lastSeenAt;
    private Integer heartbeatSeconds;
    private DeviceClock clock;
    private String boot;
    private Instant bootAt;
    private Long lastSeq;
    private long seqGaps;
    private Long stateVersion;
    private Long desiredVersion;
    private JsonNode reported;
    private JsonNode info;
    private ReportedSwitch reportedSwitch;
    private Instant switchReportedAt;
    private Instant switchHeardAt;
    private Instant clockSyncAt;
    private boolean adrift;
    private final Rare rareBefore;
    private final Heard heardBefore;

    /** What hardly ever changes. */
    private record Rare(
            Connectivity connectivity,
            Instant connectivityAt,
            Integer heartbeatSeconds,
            boolean suspect,
            Long probeMillis,
            Instant probeTs,
            String boot,
            Instant bootAt,
            long seqGaps,
            ReportedSwitch reportedSwitch,
            Instant clockSyncAt) {}

    /** What changes with nearly every message. */
    private record Heard(
            Instant lastSeenAt, Long skewMillis, Long lastSeq, Instant switchReportedAt, Instant switchHeardAt) {}

    DeviceState(KnownDevice device, Row row) {
        this.device = device;
        connectivity = Connectivity.valueOf(row.getString(1));
        connectivityAt = instant(row, 2);
        lastSeenAt = instant(row, 3);
        heartbeatSeconds = row.getInteger(4);
        clock = new DeviceClock(row.getLong(5), row.getBoolean(6), row.getLong(7), instant(row, 8));
        boot = row.getString(9);
        bootAt = instant(row, 10);
        lastSeq = row.getLong(11);
        seqGaps = row.getLong(12);
        stateVersion = row.getLong(13);
        String reportedBefore = row.getString(14);
        reportedSwitch = reportedBefore == null ? null : ReportedSwitch.valueOf(reportedBefore);
        switchReportedAt = instant(row, 15);
        switchHeardAt = instant(row, 16);
        clockSyncAt = instant(row, 17);
        connectivityBefore = connectivity;
        switchBefore = reportedSwitch;
        rareBefore = rare();
        heardBefore = heard();
    }

    private Rare rare() {
        return new Rare(
                connectivity,
                connectivityAt,
                heartbeatSeconds,
                clock.suspect(),
                clock.probeMillis(),
                clock.probeTs(),
                boot,
                bootAt,
                seqGaps,
                reportedSwitch,
                clockSyncAt);
    }

    private Heard heard() {
        return new Heard(lastSeenAt, clock.skewMillis(), lastSeq, switchReportedAt, switchHeardAt);
    }

    /** Whether its row is to be written. */
    boolean isChanged() {
        return isTurned() || !heard().equals(heardBefore);
    }

    /** Whether more changed than what changes with nearly every message: when it was heard, and the message's number. */
    boolean isTurned() {
        return !rare().equals(rareBefore);
    }

    /** Takes in a message and returns it dated, or null for presence, which is nothing but state. */
    Received<Payload> take(Admitted admitted) {
        Arrival arrival = admitted.arrival();
        if (admitted.message().payload() instanceof Presence presence) {
            presence(presence, arrival);
            return null;
        }
        Envelope envelope = admitted.message().envelope();
        clock = clock.heard(envelope.ts(), envelope.clock(), arrival.receivedAt());
        Instant at = clock.at(envelope.ts(), arrival.receivedAt());
        watchClock(arrival);
        if (!arrival.retained()) {
            seen(admitted.byGateway() ? earlier(at, arrival.receivedAt()) : arrival.receivedAt(), arrival.receivedAt());
        }
        number(envelope, at, arrival.receivedAt());
        Payload payload = admitted.message().payload();
        state(payload, at, arrival);
        return new Received<>(device, envelope, payload, arrival.receivedAt(), at, clock.suspect());
    }

    /** The gateway says of this device that it answers, or does not. */
    void childReported(boolean online, Instant at) {
        if (connectivityAt == null || at.isAfter(connectivityAt)) {
            connectivity = online ? Connectivity.ONLINE : Connectivity.OFFLINE;
            connectivityAt = at;
            lastSeenAt = online ? later(lastSeenAt, at) : lastSeenAt;
        }
    }

    /** A will of an earlier connection says nothing about this one; a kept message is news only where nothing is known. */
    private void presence(Presence presence, Arrival arrival) {
        if (arrival.retained() && connectivity != Connectivity.UNKNOWN) {
            return;
        }
        if (presence.online()) {
            clock = clock.heard(presence.ts(), presence.clock(), arrival.receivedAt());
            watchClock(arrival);
            heartbeatSeconds = presence.heartbeatSeconds() == null ? heartbeatSeconds : presence.heartbeatSeconds();
            if (!presence.boot().equals(boot)) {
                boot = presence.boot();
                bootAt = arrival.receivedAt();
                lastSeq = null;
            }
            seen(arrival.receivedAt(), arrival.receivedAt());
        } else if (presence.boot() == null || boot == null || presence.boot().equals(boot)) {
            connectivity = Connectivity.OFFLINE;
            connectivityAt = arrival.receivedAt();
        }
    }

    /** A clock that is not believed has to be set; the device is told so now and then until it is. */
    private void watchClock(Arrival arrival) {
        boolean due = clockSyncAt == null || !arrival.receivedAt().isBefore(clockSyncAt.plus(CLOCK_SYNC_PAUSE));
        if (clock.suspect() && due && !arrival.retained()) {
            clockSyncAt = arrival.receivedAt();
            adrift = true;
        }
    }

    /** A child's old data prove only that it answered then. */
    private void seen(Instant when, Instant receivedAt) {
        lastSeenAt = later(lastSeenAt, when);
        boolean fresh = !when.isBefore(receivedAt.minus(Silence.of(heartbeatSeconds)));
        boolean news = connectivityAt == null || !when.isBefore(connectivityAt);
        if (connectivity != Connectivity.ONLINE && fresh && news) {
            connectivity = Connectivity.ONLINE;
            connectivityAt = when;
        }
    }

    private void number(Envelope envelope, Instant at, Instant receivedAt) {
        if (!envelope.boot().equals(boot)) {
            if (boot != null && (clock.suspect() || !at.isAfter(bootAt))) {
                return;
            }
            boot = envelope.boot();
            bootAt = receivedAt;
            lastSeq = null;
        }
        if (lastSeq != null && envelope.seq() > lastSeq + 1) {
            seqGaps += envelope.seq() - lastSeq - 1;
        }
        lastSeq = lastSeq == null ? envelope.seq() : Math.max(lastSeq, envelope.seq());
    }

    private void state(Payload payload, Instant at, Arrival arrival) {
        if (payload instanceof ElectricityTelemetry reading) {
            switchIs(ReportedSwitch.of(reading.relay(), null), at, arrival);
        } else if (payload instanceof WaterTelemetry reading) {
            switchIs(ReportedSwitch.of(null, reading.valve()), at, arrival);
        } else if (payload instanceof MeterEvent event) {
            switchIs(ReportedSwitch.of(event.relay(), event.valve()), at, arrival);
        } else if (payload instanceof DeviceInfo news) {
            info = news.data();
            heartbeatSeconds = news.heartbeatSeconds() == null ? heartbeatSeconds : news.heartbeatSeconds();
        } else if (payload instanceof ReportedState news && (stateVersion == null || news.version() >= stateVersion)) {
            // The same version again is no news but for this: it still holds.
            if (stateVersion == null || news.version() > stateVersion) {
                stateVersion = news.version();
                desiredVersion = news.desiredVersion();
                reported = news.data();
            }
            switchIs(ReportedSwitch.of(news.relay(), news.valve()), at, arrival);
        }
    }

    /** What the broker had kept says nothing about now. */
    private void switchIs(ReportedSwitch said, Instant at, Arrival arrival) {
        if (said != null && (switchReportedAt == null || !at.isBefore(switchReportedAt))) {
            reportedSwitch = said;
            switchReportedAt = at;
            switchHeardAt = arrival.retained() ? switchHeardAt : arrival.receivedAt();
        }
    }

    /** What a listener should hear, or null when nothing of that kind changed. */
    StateChange change() {
        boolean moved = connectivity != connectivityBefore;
        boolean switched = reportedSwitch != switchBefore;
        return !moved && !switched && reported == null && !adrift
                ? null
                : new StateChange(
                        device,
                        connectivity,
                        moved && connectivity == Connectivity.ONLINE,
                        moved && connectivity == Connectivity.OFFLINE,
                        reportedSwitch,
                        switched,
                        switchReportedAt,
                        stateVersion,
                        reported != null,
                        adrift);
    }

    private static Instant later(Instant one, Instant other) {
        return one == null || other.isAfter(one) ? other : one;
    }

    private static Instant earlier(Instant one, Instant other) {
        return one.isBefore(other) ? one : other;
    }

    KnownDevice device() {
        return device;
    }

    Connectivity connectivity() {
        return connectivity;
    }

    Instant connectivityAt() {
        return connectivityAt;
    }

    Instant lastSeenAt() {
        return lastSeenAt;
    }

    Integer heartbeatSeconds() {
        return heartbeatSeconds;
    }

    DeviceClock clock() {
        return clock;
    }

    String boot() {
        return boot;
    }

    Instant bootAt() {
        return bootAt;
    }

    Long lastSeq() {
        return lastSeq;
    }

    long seqGaps() {
        return seqGaps;
    }

    Long stateVersion() {
        return stateVersion;
    }

    Long desiredVersion() {
        return desiredVersion;
    }

    /** The newly reported state, or null when none came. */
    JsonNode reported() {
        return reported;
    }

    /** The new info, or null when none came. */
    JsonNode info() {
        return info;
    }

    ReportedSwitch reportedSwitch() {
        return reportedSwitch;
    }

    Instant switchReportedAt() {
        return switchReportedAt;
    }

    Instant switchHeardAt() {
        return switchHeardAt;
    }

    Instant clockSyncAt() {
        return clockSyncAt;
    }
}
