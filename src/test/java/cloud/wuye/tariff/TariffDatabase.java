package cloud.wuye.tariff;

import cloud.wuye.platform.Ids;
import cloud.wuye.tariff.rating.Tariff;
import cloud.wuye.testing.KitServers;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.pgclient.PgBuilder;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import io.vertx.sqlclient.PoolOptions;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.StreamSupport;
import org.flywaydb.core.Flyway;

/** A migrated database of the kit with tariffs in it, without Quarkus: for properties and measurements. */
final class TariffDatabase implements AutoCloseable {
    private static final KitServers KIT = KitServers.shared();

    final UUID tenant = Ids.next();
    final Pool cross;
    private final String name = "tariff_" + Ids.next().toString().replace("-", "");
    private final TariffSegments segments = new TariffSegments();

    TariffDatabase() {
        KIT.createDatabase(name);
        Flyway.configure()
                .dataSource(KIT.jdbcUrl(name), "wuye_owner", KIT.fact("postgres.owner.password"))
                .locations("db/migration")
                .load()
                .migrate();
        cross = pool("cross", 2);
    }

    Pool pool(String role, int size) {
        return PgBuilder.pool()
                .connectingTo(KIT.connectingTo(name, role).setCachePreparedStatements(true))
                .with(new PoolOptions().setMaxSize(size))
                .build();
    }

    /** A plan with these versions, laid out as publishing would have done it at this time. */
    UUID plan(Tariff tariff, Instant now) {
        return work(tx -> LaidOutPlans.add(tx, tenant, tariff, now));
    }

    int layOutAgain(UUID plan, Tariff tariff, int fromVersion, Instant now) {
        return work(tx -> segments.layOut(
                tx, tenant, plan, tariff, tariff.versions().get(fromVersion).from(), now));
    }

    <T> T work(Function<SqlConnection, Uni<T>> work) {
        return cross.withTransaction(work).await().indefinitely();
    }

    <T> List<T> query(String sql, Tuple parameters, Function<Row, T> row) {
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
