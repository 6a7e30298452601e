package cloud.wuye.platform.db;

import cloud.wuye.platform.observe.LogContext;
import cloud.wuye.platform.observe.OwnContext;
import cloud.wuye.platform.observe.Traces;
import cloud.wuye.platform.security.Caller;
import cloud.wuye.platform.security.CurrentCaller;
import io.quarkus.hibernate.reactive.panache.Panache;
import io.quarkus.reactive.datasource.ReactiveDataSource;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.UUID;
import java.util.concurrent.Executor;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jboss.logging.Logger;

/**
 * The only door to the database. Each call is one unit of work: a connection, a transaction, the tenant set as its
 * first statement so that row-level security fences whatever follows, the work, the commit. A failure rolls back.
 *
 * <p>{@code read}, {@code write} and {@code forTenant} run Hibernate Reactive and Panache; the {@code …Sql} ones hand
 * out the plain reactive client, for projections and set-based statements. A Hibernate unit called inside another of
 * the same tenant joins it. Calls to the outside world (devices, Keycloak, payment channels) never stand inside work:
 * they would hold the connection, and a roll-back cannot take them back. A unit that lost against another transaction is
 * tried again, three times in all; so work changes nothing but the database.
 *
 * <p>Why a Vert.x context of its own per unit: Panache keeps its session in the locals of the current context, and
 * GraphQL resolves the root fields of one request on one context; two units sharing it close each other's sessions.
 */
@ApplicationScoped
public class Db {
    private static final Logger LOG = Logger.getLogger(Db.class);
    /** Nothing of it outlives the transaction. */
    private static final String ENTER = "SELECT set_config('app.tenant', $1, true)";

    private static final String ENTER_READING = ENTER + ", set_config('transaction_read_only', 'on', true)";

    /** How often a unit is tried that loses against others. */
    private static final int TRIES = 3;

    private static final String CALLER = "wuye.db.caller";

    private final Vertx vertx;
    private final Pool fenced;
    private final Pool cross;
    private final CurrentCaller currentCaller;

    Db(Vertx vertx, Pool fenced, @ReactiveDataSource("cross") Pool cross, CurrentCaller currentCaller) {
        this.vertx = vertx;
        this.fenced = fenced;
        this.cross = cross;
        this.currentCaller = currentCaller;
    }

    /** Reads as the caller's tenant through Hibernate; the transaction is read-only. */
    public <T> Uni<T> read(Supplier<Uni<T>> work) {
        return unit(null, false, work);
    }

    /** Reads and writes as the caller's tenant through Hibernate. */
    public <T> Uni<T> write(Supplier<Uni<T>> work) {
        return unit(null, true, work);
    }

    /** Reads and writes for one tenant on the system's own behalf: jobs, devices, provisioning. */
    public <T> Uni<T> forTenant(UUID tenantId, Supplier<Uni<T>> work) {
        return unit(tenantId, true, work);
    }

    /** Reads as the caller's tenant with the plain client; the transaction is read-only. */
    public <T> Uni<T> readSql(Function<SqlConnection, Uni<T>> work) {
        return readSql("", work);
    }

    /** The same for statements that are planned once and then kept, whatever their values; see {@link Plans}. */
    public <T> Uni<T> readSqlByKeptPlans(Function<SqlConnection, Uni<T>> work) {
        return readSql("; " + Plans.KEPT, work);
    }

    private <T> Uni<T> readSql(String setting, Function<SqlConnection, Uni<T>> work) {
        UUID tenant = callersTenant();
        return again(() -> fenced.withConnection(connection -> reading(connection, tenant, setting, work)), TRIES);
    }

    /** Reads and writes as the caller's tenant with the plain client. */
    public <T> Uni<T> writeSql(Function<SqlConnection, Uni<T>> work) {
        return sql(callersTenant(), work);
    }

    /** Reads and writes for one tenant with the plain client, on the system's own behalf. */
    public <T> Uni<T> forTenantSql(UUID tenantId, Function<SqlConnection, Uni<T>> work) {
        return sql(tenantId, work);
    }

    /**
     * One transaction that sees all tenants, under a database role of its own. For ingest, tickers and relays, which
     * name their reason; nothing that a user asks for may come this way.
     */
    public <T> Uni<T> acrossTenants(String reason, Function<SqlConnection, Uni<T>> work) {
        LOG.tracef("across tenants: %s", reason);
        return heard(cross.withTransaction(work));
    }

    /**
     * Lets the work inside open units as this caller where the request is over: a subscription that goes on. Whoever
     * uses it makes sure that the caller's right still stands.
     */
    public <T> Uni<T> onBehalfOf(Caller caller, Supplier<Uni<T>> work) {
        return onOwnContext(own -> own.putLocal(CALLER, caller), work);
    }

    /**
     * A place of work that knows this caller, for what goes on when the request is over. What runs there opens units as
     * that caller, however deep: the fields of a subscription's event.
     */
    public Executor placeOf(Caller caller) {
        Context own = OwnContext.fresh(vertx);
        own.putLocal(CALLER, caller);
        return task -> own.runOnContext(ignored -> task.run());
    }

    private UUID callersTenant() {
        Unit running = Unit.running();
        return running != null ? running.tenantId() : caller().requireTenant();
    }

    private Caller caller() {
        Context context = Vertx.currentContext();
        Caller held = context == null ? null : context.getLocal(CALLER);
        return held != null ? held : currentCaller.get();
    }

    /**
     * One message opens and fences the transaction, and the work's first statement follows without waiting for its answer; were it
     * refused, that statement would run as nobody and see nothing. Only for reading: the client does not tell of a COMMIT that
     * ended in a roll-back, because of a failure which the work took for none.
     */
    private static <T> Uni<T> reading(
            SqlConnection connection, UUID tenant, String setting, Function<SqlConnection, Uni<T>> work) {
        Uni<?> entered = connection
                .query("BEGIN READ ONLY; SET LOCAL app.tenant = '" + tenant + "'" + setting)
                .execute();
        return Uni.combine()
                .all()
                .unis(entered, Uni.createFrom().deferred(() -> work.apply(connection)))
                .with((ignored, found) -> found)
                .onFailure()
                .call(() -> connection.query("ROLLBACK").execute().onFailure().recoverWithNull())
                .call(() -> connection.query("COMMIT").execute());
    }

    private <T> Uni<T> sql(UUID tenantId, Function<SqlConnection, Uni<T>> work) {
        return again(
                () -> fenced.withTransaction(connection -> connection
                        .preparedQuery(ENTER)
                        .execute(Tuple.of(tenantId.toString()))
                        .chain(() -> work.apply(connection))),
                TRIES);
    }

    /**
     * Tries a whole unit again that lost against another transaction (deadlock, serialization): it was rolled back, nothing
     * was told to the outside, and after a moment the other one is through. The pause is a matter of luck, so that two that
     * met do not meet again.
     */
    private <T> Uni<T> again(Supplier<Uni<T>> unit, int tries) {
        return Uni.createFrom()
                .<T>deferred(() -> heard(unit.get()))
                .onFailure(failure -> tries > 1 && DatabaseTrouble.isLost(failure))
                .recoverWithUni(failure -> {
                    LOG.infof("lost against another transaction, once more: %s", failure.getMessage());
                    return pause(TRIES - tries).chain(() -> again(unit, tries - 1));
                });
    }

    /**
     * Makes an exception of what is neither that nor an error: the client tells of a wrongly typed parameter so, and layers above
     * that look for exceptions would take it for an answer of nothing.
     */
    private static <T> Uni<T> heard(Uni<T> unit) {
        return unit.onFailure(failure -> !(failure instanceof Exception || failure instanceof Error))
                .transform(failure -> new IllegalStateException(failure.getMessage(), failure));
    }

    private Uni<Void> pause(int lost) {
        long millis = ThreadLocalRandom.current().nextLong(5, 50L << lost);
        return Uni.createFrom().emitter(emitter -> vertx.setTimer(millis, ignored -> emitter.complete(null)));
    }

    private <T> Uni<T> unit(UUID systemTenant, boolean writing, Supplier<Uni<T>> work) {
        Unit running = Unit.running();
        if (running != null) {
            return join(running, systemTenant, writing, work);
        }
        Caller caller = systemTenant == null ? caller() : Caller.system(systemTenant);
        UUID tenant = caller.requireTenant();
        String trace = Traces.currentId();
        return again(() -> top(new Unit(tenant, caller, writing, trace), work), TRIES);
    }

    private <T> Uni<T> top(Unit unit, Supplier<Uni<T>> work) {
        return onOwnContext(unit::enter, () -> {
                    LogContext.enter(unit.tenantId(), unit.traceId());
                    return Panache.withTransaction(() -> enter(unit).flatMap(ignored -> work.get()));
                })
                .invoke(unit::committed);
    }

    private static <T> Uni<T> join(Unit running, UUID systemTenant, boolean writing, Supplier<Uni<T>> work) {
        if (systemTenant != null && !systemTenant.equals(running.tenantId())) {
            throw new IllegalStateException("a unit of work serves one tenant");
        }
        if (writing && !running.writing()) {
            throw new IllegalStateException("a read cannot turn into a write");
        }
        return work.get();
    }

    private Uni<?> enter(Unit unit) {
        return Panache.getSession().chain(session -> {
            session.setDefaultReadOnly(!unit.writing());
            return session.createNativeQuery((unit.writing() ? ENTER : ENTER_READING).replace('$', '?'), Object.class)
                    .setParameter(1, unit.tenantId().toString())
                    .getSingleResult();
        });
    }

    private <T> Uni<T> onOwnContext(Consumer<Context> furnish, Supplier<Uni<T>> work) {
        return OwnContext.run(vertx, furnish, work);
    }
}
