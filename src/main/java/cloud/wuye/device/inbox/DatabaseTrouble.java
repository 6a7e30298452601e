package cloud.wuye.device.inbox;

import io.vertx.core.VertxException;
import io.vertx.pgclient.PgException;
import java.io.IOException;
import java.util.concurrent.TimeoutException;

/** Tells a database that is away, or busy with others, from one that refuses what it is given. */
final class DatabaseTrouble {
    private DatabaseTrouble() {}

    /** Nothing is wrong with the work: connection lost or refused, server stopping, starting, full or read-only. */
    static boolean isAway(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            String state = sqlState(cause);
            if (state != null) {
                return state.startsWith("08")
                        || state.startsWith("53")
                        || state.startsWith("57P")
                        || state.startsWith("58")
                        || state.equals("25006");
            }
            if (cause instanceof IOException || cause instanceof TimeoutException || cause instanceof VertxException) {
                return true;
            }
        }
        return false;
    }

    /** Lost against another transaction: deadlock, serialization, lock not available. */
    static boolean isContention(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            String state = sqlState(cause);
            if (state != null) {
                return state.startsWith("40") || state.equals("55P03");
            }
        }
        return false;
    }

    private static String sqlState(Throwable failure) {
        return failure instanceof PgException refused ? refused.getSqlState() : null;
    }
}
