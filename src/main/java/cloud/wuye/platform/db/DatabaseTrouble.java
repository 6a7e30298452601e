package cloud.wuye.platform.db;

import com.fasterxml.jackson.core.JacksonException;
import io.vertx.core.VertxException;
import io.vertx.core.impl.NoStackTraceThrowable;
import io.vertx.pgclient.PgException;
import java.io.IOException;
import java.util.concurrent.TimeoutException;

/** Tells a database that is away, or busy with others, from one that refuses what it is given. */
public final class DatabaseTrouble {
    /** Causes may go in a circle. */
    private static final int DEEPEST = 50;

    private DatabaseTrouble() {}

    /**
     * Nothing is wrong with the work: connection lost or refused, server stopping, starting, full or read-only, statement
     * cancelled, or no connection of the pool came free in time.
     */
    public static boolean isAway(Throwable failure) {
        int depth = 0;
        for (Throwable cause = failure; cause != null && depth < DEEPEST; cause = cause.getCause(), depth++) {
            String state = sqlState(cause);
            if (state != null) {
                return state.startsWith("08")
                        || state.startsWith("53")
                        || state.startsWith("57")
                        || state.startsWith("58")
                        || state.equals("25006");
            }
            // Jackson's failures are IOExceptions as well, and no fault of the database.
            if (cause instanceof IOException && !(cause instanceof JacksonException)
                    || cause instanceof TimeoutException
                    || cause instanceof VertxException
                    || isPoolTimeout(cause)) {
                return true;
            }
        }
        return false;
    }

    /** Lost against another transaction: deadlock, serialization, lock not available. */
    public static boolean isContention(Throwable failure) {
        int depth = 0;
        for (Throwable cause = failure; cause != null && depth < DEEPEST; cause = cause.getCause(), depth++) {
            String state = sqlState(cause);
            if (state != null) {
                return state.startsWith("40") || state.equals("55P03");
            }
        }
        return false;
    }

    /** The pool says no more than "Timeout" when no connection came free in time. */
    public static boolean isPoolTimeout(Throwable cause) {
        return cause instanceof NoStackTraceThrowable && "Timeout".equals(cause.getMessage());
    }

    private static String sqlState(Throwable failure) {
        return failure instanceof PgException refused ? refused.getSqlState() : null;
    }
}
