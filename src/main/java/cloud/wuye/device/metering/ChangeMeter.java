package cloud.wuye.device.metering;

import cloud.wuye.device.inbox.DeviceNews;
import cloud.wuye.device.registry.DeviceKind;
import cloud.wuye.platform.Ids;
import cloud.wuye.platform.audit.Audit;
import cloud.wuye.platform.db.Db;
import cloud.wuye.platform.live.Live;
import cloud.wuye.platform.problem.Detail;
import cloud.wuye.platform.problem.Problem;
import cloud.wuye.platform.problem.ProblemCode;
import cloud.wuye.platform.security.Caller;
import cloud.wuye.platform.security.CurrentCaller;
import cloud.wuye.platform.time.Clock;
import io.quarkus.arc.All;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlClient;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;

/** What people do to meters, each act one transaction with its entry in the audit log. */
@ApplicationScoped
class ChangeMeter {
    private static final String SUBJECT = "Device";

    private final Db db;
    private final InstallMeter installMeter;
    private final ServicePoints points;
    private final List<MeterServes> serves;
    private final RecordReadings recordReadings;
    private final Readings readings;
    private final MeteringConfig config;
    private final Audit audit;
    private final Live live;
    private final CurrentCaller currentCaller;
    private final Clock clock;

    ChangeMeter(
            Db db,
            InstallMeter installMeter,
            ServicePoints points,
            @All List<MeterServes> serves,
            RecordReadings recordReadings,
            Readings readings,
            MeteringConfig config,
            Audit audit,
            Live live,
            CurrentCaller currentCaller,
            Clock clock) {
        this.db = db;
        this.installMeter = installMeter;
        this.points = points;
        this.serves = serves;
        this.recordReadings = recordReadings;
        this.readings = readings;
        this.config = config;
        this.audit = audit;
        this.live = live;
        this.currentCaller = currentCaller;
        this.clock = clock;
    }

    /** Puts a meter in; without a service point it serves one of its own, which has its id. */
    Uni<MeterInstallationView> install(UUID meter, UUID servicePoint, MeterFittingInput fitting) {
        Caller caller = currentCaller.get();
        UUID point = servicePoint == null ? meter : servicePoint;
        return db.writeSql(tx -> requireMeter(tx, meter)
                        .chain(() -> points.requireFree(tx, caller.requireTenant(), point, meter))
                        .chain(() -> installMeter.install(tx, caller.requireTenant(), meter, point, fitting))
                        .call(now -> served(tx, caller.requireTenant(), now))
                        .map(MeterInstallationView::of)
                        .call(now ->
                                audit.record(tx, caller, "meter.install", SUBJECT, meter, null, now, fitting.reason())))
                .invoke(() -> news(caller, meter));
    }

    /** Takes a meter out. */
    Uni<MeterInstallationView> remove(UUID meter, MeterRemovalInput removal) {
        Caller caller = currentCaller.get();
        return db.writeSql(tx -> requireMeter(tx, meter)
                        .chain(() -> installMeter.remove(tx, caller.requireTenant(), meter, removal))
                        .call(gone -> each(
                                who -> who.left(tx, caller.requireTenant(), gone.servicePointId(), gone.deviceId())))
                        .map(MeterInstallationView::of)
                        .call(now ->
                                audit.record(tx, caller, "meter.remove", SUBJECT, meter, null, now, removal.reason())))
                .invoke(() -> news(caller, meter));
    }

    /** Takes one meter out and puts another in at the same service point and instant. */
    Uni<MeterInstallationView> replace(UUID meter, UUID by, MeterRemovalInput removal, MeterFittingInput fitting) {
        Caller caller = currentCaller.get();
        UUID tenantId = caller.requireTenant();
        Instant at = removal.at() == null ? clock.now() : removal.at();
        MeterRemovalInput out =
                new MeterRemovalInput(at, removal.register(), removal.acceptImplausible(), removal.reason());
        MeterFittingInput in = fitting.at(at);
        return db.writeSql(tx -> requireMeter(tx, meter)
                        .chain(() -> requireMeter(tx, by))
                        .chain(() -> installMeter.remove(tx, tenantId, meter, out))
                        .call(before -> audit.record(
                                tx,
                                caller,
                                "meter.remove",
                                SUBJECT,
                                meter,
                                null,
                                MeterInstallationView.of(before),
                                out.reason()))
                        .chain(before -> installMeter.install(tx, tenantId, by, before.servicePointId(), in))
                        .call(now -> served(tx, tenantId, now))
                        .map(MeterInstallationView::of)
                        .call(now -> audit.record(tx, caller, "meter.replace", SUBJECT, by, null, now, out.reason())))
                .invoke(() -> news(caller, meter, by));
    }

    private Uni<Void> served(SqlConnection tx, UUID tenantId, Installation now) {
        return installMeter
                .servedBefore(tx, tenantId, now)
                .flatMap(before -> each(who -> who.served(tx, tenantId, now.servicePointId(), now.deviceId(), before)));
    }

    private Uni<Void> each(Function<MeterServes, Uni<Void>> news) {
        Uni<Void> told = Uni.createFrom().voidItem();
        for (MeterServes each : serves) {
            told = told.chain(() -> news.apply(each));
        }
        return told;
    }

    /** Stores what a person read off a meter; judged like any other reading. */
    Uni<MeterReadingView> read(UUID meter, ManualReadingInput input) {
        Caller caller = currentCaller.get();
        Instant now = clock.now();
        Instant at = input.readAt() == null ? now : input.readAt().truncatedTo(ChronoUnit.MICROS);
        Duration age = Duration.between(at, now);
        if (age.isNegative() || age.compareTo(config.latest()) > 0) {
            throw new Problem(
                    ProblemCode.VALIDATION,
                    "readAt",
                    Detail.of("须在过去 {0} 之内", "must be within {0} before now", config.latest()));
        }
        RegisterReading reading = new RegisterReading(
                caller.requireTenant(),
                meter,
                input.register() == null ? MeterRegister.TOTAL : input.register(),
                Ids.next(),
                input.value(),
                at,
                now,
                at,
                false,
                ReadingOrigin.MANUAL,
                input.reason());
        return db.writeSql(tx -> requireMeter(tx, meter)
                        .chain(() -> recordReadings.store(tx, List.of(reading)))
                        .chain(() -> input.photo() == null
                                ? Uni.createFrom().voidItem()
                                : readings.keepPhoto(tx, reading, input.photo()))
                        .chain(() -> readings.ofEvent(tx, meter, reading.eventId()))
                        .map(stored -> stored.get(0))
                        .call(view ->
                                audit.record(tx, caller, "meter.read", SUBJECT, meter, null, view, input.reason())))
                .invoke(() -> news(caller, meter));
    }

    /** After the commit: what a person enters is a reading as well. */
    private void news(Caller caller, UUID... meters) {
        live.changed(caller.requireTenant(), DeviceNews.READING, List.of(meters));
    }

    private static Uni<Void> requireMeter(SqlClient tx, UUID device) {
        return tx.preparedQuery("SELECT 1 FROM device WHERE id = $1 AND kind = any($2) AND lifecycle <> 'RETIRED'")
                .execute(Tuple.of(
                        device, new String[] {DeviceKind.ELECTRICITY_METER.name(), DeviceKind.WATER_METER.name()}))
                .invoke(rows -> {
                    if (rows.size() == 0) {
                        throw new Problem(ProblemCode.NOT_FOUND, "deviceId", device);
                    }
                })
                .replaceWithVoid();
    }
}
