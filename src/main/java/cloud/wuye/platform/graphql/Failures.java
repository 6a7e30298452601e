package cloud.wuye.platform.graphql;

import cloud.wuye.platform.db.DatabaseTrouble;
import cloud.wuye.platform.problem.Problem;
import cloud.wuye.platform.problem.ProblemCode;
import io.quarkus.security.AuthenticationException;
import io.quarkus.security.ForbiddenException;
import io.quarkus.security.UnauthorizedException;
import io.vertx.pgclient.PgException;
import io.vertx.sqlclient.ClosedConnectionException;
import jakarta.persistence.OptimisticLockException;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.nio.channels.ClosedChannelException;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;
import java.util.concurrent.TimeoutException;

/** What an exception means: someone's doing, a thing that is away, or a mistake of ours. */
final class Failures {
    /** SQLSTATE classes of a server that is away or full: connection, resources, operator intervention. */
    private static final Set<String> AWAY = Set.of("08", "53", "57");

    private Failures() {}

    /** The problem behind an exception; INTERNAL if it is none that we know. */
    static Problem problem(Throwable failure) {
        Set<Throwable> seen = Collections.newSetFromMap(new IdentityHashMap<>());
        for (Throwable cause = failure; cause != null && seen.add(cause); cause = cause.getCause()) {
            Problem known = known(cause);
            if (known != null) {
                return known;
            }
        }
        return new Problem(ProblemCode.INTERNAL);
    }

    private static Problem known(Throwable cause) {
        if (cause instanceof Problem problem) {
            return problem;
        }
        if (cause instanceof UnauthorizedException || cause instanceof AuthenticationException) {
            return new Problem(ProblemCode.UNAUTHENTICATED);
        }
        if (cause instanceof ForbiddenException) {
            return new Problem(ProblemCode.FORBIDDEN);
        }
        if (cause instanceof OptimisticLockException) {
            return new Problem(ProblemCode.STALE);
        }
        return isAway(cause) ? new Problem(ProblemCode.UNAVAILABLE) : null;
    }

    private static boolean isAway(Throwable cause) {
        if (cause instanceof PgException postgres) {
            String state = postgres.getSqlState();
            return state != null && state.length() == 5 && AWAY.contains(state.substring(0, 2));
        }
        return cause instanceof SocketException
                || cause instanceof ClosedChannelException
                || cause instanceof UnknownHostException
                || cause instanceof ClosedConnectionException
                || cause instanceof TimeoutException
                || DatabaseTrouble.isPoolTimeout(cause);
    }
}
