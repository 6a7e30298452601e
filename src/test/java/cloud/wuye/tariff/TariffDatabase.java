package cloud.wuye.tariff;

import cloud.wuye.platform.Ids;
import cloud.wuye.tariff.rating.Tariff;
import cloud.wuye.tariff.rating.TariffVersionTerms;
import cloud.wuye.testing.KitServers;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.pgclient.PgBuilder;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import io.vertx.pgclient.PgConnectOptions;
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
                .connectingTo(new PgConnectOptions()
                        .setHost(KIT.fact("postgres.host"))
                        .setPort(Integer.parseInt(KIT.fact("postgres.port")))
                        .setDatabase(name)
                        .setUser("wuye_" + role)
                        .setPassword(KIT.fact("postgres." + role + ".password"))
                        .setCachePreparedStatements(true))
                .with(new PoolOptions().setMaxSize(size))
                .build();
    }

    /** A plan with these versions, laid out as publishing would have done it at this time. */
    UUID plan(Tariff tariff, Instant now) {
        UUID plan = Ids.next();
        work(tx -> tx.preparedQuery("INSERT INTO tariff_plan (id, tenant_id, name, commodity, currency, created_at)"
                        + " VALUES ($1, $2, $3, 'ELECTRICITY', 'CNY', now())")
                .execute(Tuple.of(plan, tenant, plan.toString()))
                .chain(() -> addAll(tx, plan, tariff.versions()))
                .chain(() -> segments.layOut(
                        tx, tenant, plan, tariff, tariff.versions().get(0).from(), now)));
        return plan;
    }

    int layOutAgain(UUID plan, Tariff tariff, int fromVersion, Instant now) {
        return work(tx -> segments.layOut(
                tx, tenant, plan, tariff, tariff.versions().get(fromVersion).from(), now));
    }

    private Uni<Void> addAll(SqlConnection tx, UUID plan, List<TariffVersionTerms> versions) {
        Uni<Void> all = Uni.createFrom().voidItem();
        for (TariffVersionTerms version : versions) {
            all = all.chain(() -> tx.preparedQuery(
                                    "INSERT INTO tariff_version (id, tenant_id, plan_id, number, status, valid_from, valid_to,"
                                            + " terms, created_at, published_at)"
                                            + " VALUES ($1, $2, $3, $4, 'PUBLISHED', $5, $6, '{}', now(), now())")
                            .execute(Tuple.of(
                                    version.id(), tenant, plan, version.number(), version.from(), version.to())))
                    .chain(() -> TariffVersions.addRates(
                            tx, tenant, version.id(), version.terms().prices()));
        }
        return all;
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
