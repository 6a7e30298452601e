package cloud.wuye.platform.db;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cloud.wuye.testing.KitServers;
import com.fasterxml.jackson.core.JsonParseException;
import io.vertx.core.Vertx;
import io.vertx.pgclient.PgBuilder;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.PoolOptions;
import io.vertx.sqlclient.SqlConnection;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the real client says when something is wrong, and what it means. */
class DatabaseTroubleTest {
    private static final KitServers KIT = KitServers.shared();

    private final Vertx vertx = Vertx.vertx();
    private Pool pool;

    @BeforeEach
    void poolOfOne() {
        PgConnectOptions where = PgConnectOptions.fromUri(
                        KIT.jdbcUrl("postgres").substring("jdbc:".length()))
                .setUser(KIT.fact("postgres.cross.username"))
                .setPassword(KIT.fact("postgres.cross.password"));
        PoolOptions one = new PoolOptions()
                .setMaxSize(1)
                .setConnectionTimeout(2000)
                .setConnectionTimeoutUnit(TimeUnit.MILLISECONDS);
        pool = PgBuilder.pool().connectingTo(where).with(one).using(vertx).build();
    }

    @AfterEach
    void close() {
        pool.close().toCompletionStage().toCompletableFuture().join();
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    @Test
    void poolWithNoConnectionFreeInTimeIsAway() {
        SqlConnection held =
                pool.getConnection().toCompletionStage().toCompletableFuture().join();
        Throwable failure = failureOf("SELECT 1");
        held.close().toCompletionStage().toCompletableFuture().join();
        assertTrue(DatabaseTrouble.isAway(failure), String.valueOf(failure));
    }

    @Test
    void poolThatIsClosedBecauseTheServiceStopsIsAway() {
        pool.close().toCompletionStage().toCompletableFuture().join();
        Throwable failure = failureOf("SELECT 1");
        assertTrue(DatabaseTrouble.isAway(failure), String.valueOf(failure));
    }

    @Test
    void cancelledStatementIsAwayAndRefusedOneIsNot() {
        // First: with so little time the other way round a busy machine would cancel it too.
        assertFalse(DatabaseTrouble.isAway(failureOf("SELECT 1 / 0")));
        assertNull(failureOf("SELECT set_config('statement_timeout', '50', false)"));
        assertTrue(DatabaseTrouble.isAway(failureOf("SELECT pg_sleep(5)")));
    }

    @Test
    void unreadableJsonIsNoFaultOfTheDatabase() {
        assertFalse(DatabaseTrouble.isAway(new IllegalStateException(new JsonParseException(null, "no JSON"))));
    }

    @Test
    void causesInACircleEnd() {
        RuntimeException one = new RuntimeException("one");
        RuntimeException two = new RuntimeException("two", one);
        one.initCause(two);
        assertFalse(DatabaseTrouble.isAway(two));
        assertFalse(DatabaseTrouble.isContention(two));
    }

    private Throwable failureOf(String sql) {
        try {
            pool.query(sql).execute().toCompletionStage().toCompletableFuture().join();
            return null;
        } catch (CompletionException e) {
            return e.getCause();
        }
    }
}
