package cloud.wuye.device.metering;

import cloud.wuye.device.contract.MeterTelemetry;
import cloud.wuye.device.inbox.TelemetryHandler;
import cloud.wuye.platform.Ids;
import cloud.wuye.platform.time.Clock;
import cloud.wuye.testing.KitServers;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.smallrye.config.SmallRyeConfigBuilder;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.pgclient.PgBuilder;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import io.vertx.sqlclient.PoolOptions;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.StreamSupport;
import org.flywaydb.core.Flyway;

/** A migrated database of the kit and the store on top of it, without Quarkus: for properties and measurements. */
public final class MeteringDatabase implements AutoCloseable {
    private static final KitServers KIT = KitServers.shared();

    final String name = "metering_" + Ids.next().toString().replace("-", "");
    public final Clock clock = new Clock();
    public final MeteringConfig config = new SmallRyeConfigBuilder()
            .withMapping(MeteringConfig.class)
            .build()
            .getConfigMapping(MeteringConfig.class);
    public final RecordReadings recordReadings = new RecordReadings(config, clock);
    final InstallMeter installMeter = new InstallMeter(new Installations(config), config, clock);
    public final Pool cross;

    public MeteringDatabase() {
        KIT.createDatabase(name);
        Flyway.configure()
                .dataSource(KIT.jdbcUrl(name), "wuye_owner", KIT.fact("postgres.owner.password"))
                .locations("db/migration")
                .load()
                .migrate();
        cross = pool("cross", 4);
    }

    /** Connections of one of the three roles. */
    public Pool pool(String role, int size) {
        return PgBuilder.pool()
                .connectingTo(KIT.connectingTo(name, role)
                        .setCachePreparedStatements(true)
                        .setPreparedStatementCacheSqlFilter(sql -> true)
                        .addProperty("plan_cache_mode", System.getProperty("plan", "auto")))
                .with(new PoolOptions().setMaxSize(size))
                .build();
    }

    /** A property company whose calendar runs in this zone. */
    public UUID tenant(String zone) {
        UUID id = Ids.next();
        String code = "t" + id.toString().replace("-", "");
        cross.preparedQuery(
                        "INSERT INTO tenant (id, code, name, issuer, base_url, status, status_since, zone, created_at)"
                                + " VALUES ($1, $2, $2, $2, $2, 'ACTIVE', now(), $3, now())")
                .execute(Tuple.of(id, code, zone))
                .await()
                .indefinitely();
        return id;
    }

    /** A registered meter. */
    public UUID meter(UUID tenantId) {
        UUID id = Ids.next();
        cross.preparedQuery("INSERT INTO device (id, tenant_id, uid, kind, device_class, serial_no, name, created_at)"
                        + " VALUES ($1, $2, $3, 'ELECTRICITY_METER', 'emeter', $3, $3, now())")
                .execute(Tuple.of(id, tenantId, id.toString()))
                .await()
                .indefinitely();
        return id;
    }

    /** What takes the messages of meters from the inbox into the store. */
    public TelemetryHandler<MeterTelemetry> telemetryHandler() {
        return new MeterTelemetryHandler(recordReadings, new SimpleMeterRegistry());
    }

    /** One batch in a transaction of its own. */
    public Recorded store(List<RegisterReading> batch) {
        return work(tx -> recordReadings.store(tx, batch));
    }

    /** A meter was replaced by another at that time, whose counter stands for so many units; told of now. */
    public void replace(
            UUID tenantId, UUID old, UUID next, Instant at, BigDecimal last, BigDecimal first, BigDecimal ratio) {
        work(tx -> installMeter
                .remove(tx, tenantId, old, new MeterRemovalInput(at, last, true, "replaced"))
                .chain(closed -> installMeter.install(
                        tx,
                        tenantId,
                        next,
                        closed.servicePointId(),
                        new MeterFittingInput(at, first, ratio, null, null, null, "replaced"))));
    }

    public <T> T work(Function<SqlConnection, Uni<T>> work) {
        return cross.withTransaction(work).await().indefinitely();
    }

    public <T> List<T> query(String sql, Tuple parameters, Function<Row, T> row) {
        return StreamSupport.stream(
                        cross.preparedQuery(sql)
                                .execute(parameters)
                                .await()
                                .indefinitely()
                                .spliterator(),
                        false)
                .map(row)
                .toList();
    }

    @Override
    public void close() {
        cross.closeAndAwait();
        KIT.dropDatabase(name);
    }
}
