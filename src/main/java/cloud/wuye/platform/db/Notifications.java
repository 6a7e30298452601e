package cloud.wuye.platform.db;

import io.quarkus.reactive.datasource.ReactiveDataSource;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.operators.multi.processors.BroadcastProcessor;
import io.vertx.core.Vertx;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.SqlClient;
import io.vertx.mutiny.sqlclient.Tuple;
import io.vertx.pgclient.PgConnection;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.interceptor.Interceptor;
import java.util.List;
import org.jboss.logging.Logger;

/**
 * Hints between replicas through PostgreSQL's NOTIFY: best effort, after the commit, never instead of a row. One
 * connection per replica listens; while it is away hints are lost, so each new connection is announced by
 * {@link Hint#reconnected()} and who cares looks at everything once.
 */
@ApplicationScoped
public class Notifications {
    private static final Logger LOG = Logger.getLogger(Notifications.class);
    private static final String CHANNEL = "wuye";
    private static final long RECONNECT_MILLIS = 1000;
    private static final String SEND = "SELECT count(pg_notify('" + CHANNEL + "', p)) FROM unnest($1::text[]) p";

    /** PostgreSQL's own limit is 8000 bytes. */
    public static final int LONGEST_PAYLOAD = 7500;

    private final Pool cross;
    private final Vertx vertx;
    private final BroadcastProcessor<Hint> hints = BroadcastProcessor.create();
    private volatile PgConnection listening;
    private volatile boolean stopped;

    Notifications(@ReactiveDataSource("cross") Pool cross, Vertx vertx) {
        this.cross = cross;
        this.vertx = vertx;
    }

    /**
     * A hint from some replica, this one included.
     *
     * @param payload what it wrote; null when the listening connection is new and hints may have been lost
     */
    public record Hint(String payload) {
        /** Whether hints may have been lost just before. */
        public boolean reconnected() {
            return payload == null;
        }
    }

    /** Tells all replicas; each text at most {@link #LONGEST_PAYLOAD} bytes. */
    public Uni<Void> send(List<String> payloads) {
        return send(cross, payloads);
    }

    /** The same on a connection, in its transaction: the replicas hear it when that commits, and not at all if it does not. */
    public Uni<Void> send(SqlClient connection, List<String> payloads) {
        return connection
                .preparedQuery(SEND)
                .execute(Tuple.of(payloads.toArray(String[]::new)))
                .replaceWithVoid();
    }

    /** What the replicas tell, from now on; on an event loop, in order. */
    public Multi<Hint> hints() {
        return hints;
    }

    void start(@Observes @Priority(Interceptor.Priority.LIBRARY_BEFORE) StartupEvent event) {
        connect();
    }

    void stop(@Observes ShutdownEvent event) {
        stopped = true;
        PgConnection connection = listening;
        if (connection != null) {
            connection.close().onFailure(failure -> LOG.debugf("closing: %s", failure.toString()));
        }
    }

    private void connect() {
        if (stopped) {
            return;
        }
        cross.getDelegate()
                .getConnection()
                .map(PgConnection::cast)
                .compose(connection -> connection
                        .query("LISTEN " + CHANNEL)
                        .execute()
                        .map(connection)
                        .onFailure(failure -> connection.close()))
                .onSuccess(this::listen)
                .onFailure(failure -> {
                    LOG.debugf("cannot listen yet: %s", failure.toString());
                    vertx.setTimer(RECONNECT_MILLIS, ignored -> connect());
                });
    }

    private void listen(PgConnection connection) {
        listening = connection;
        connection.notificationHandler(notification -> hints.onNext(new Hint(notification.getPayload())));
        connection.closeHandler(ignored -> vertx.setTimer(RECONNECT_MILLIS, again -> connect()));
        hints.onNext(new Hint(null));
    }
}
