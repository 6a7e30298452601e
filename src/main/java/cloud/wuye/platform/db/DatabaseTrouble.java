package cloud.wuye.platform.db;

import com.fasterxml.jackson.core.JacksonException;
import io.vertx.core.VertxException;
import io.vertx.core.impl.NoStackTraceThrowable;
import io.vertx.pgclient.PgException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.FileSystemException;
import java.sql.SQLException;
import java.util.concurrent.TimeoutException;

/** Tells a database that is away, or busy with others, from one that refuses what it is given. */
public final class DatabaseTrouble {
    /** Causes may go in a circle. */
    private static final int DEEPEST = 50;

    private DatabaseTrouble() {}

    /**
     * Nothing is wrong with the work: connection lost or refused, server stopping, starting, full or read-only, statement
     * cancelled, no connection of the pool came free in time, or the pool is closed.
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
            if (cause instanceof IOException && !isOurOwn(cause)
                    || cause instanceof TimeoutException
                    || cause instanceof VertxException
                    || isPools(cause)) {
                return true;
            }
        }
        return false;
    }

    /** Lost against another transaction, with nothing done: the same work may win the next time. */
    static boolean isLost(Throwable failure) {
        String state = firstState(failure);
        return "40001".equals(state) || "40P01".equals(state);
    }

    /** Lost against another transaction: deadlock, serialization, lock not available. */
    public static boolean isContention(Throwable failure) {
        String state = firstState(failure);
        return state != null && (state.startsWith("40") || state.equals("55P03"));
    }

    private static String firstState(Throwable failure) {
        int depth = 0;
        for (Throwable cause = failure; cause != null && depth < DEEPEST; cause = cause.getCause(), depth++) {
            String state = sqlState(cause);
            if (state != null) {
                return state;
            }
        }
        return null;
    }

    /** Reading what we were given, or a file of ours, fails with an IOException as well, and is no fault of the database. */
    private static boolean isOurOwn(Throwable failure) {
        return failure.getClass() == IOException.class && !saysConnection(failure)
                || failure instanceof JacksonException
                || failure instanceof FileSystemException
                || failure instanceof FileNotFoundException
                || failure instanceof CharacterCodingException;
    }

    /** The network says what has failed in words alone: "Connection reset by peer", "Broken pipe". */
    private static boolean saysConnection(Throwable failure) {
        String message = String.valueOf(failure.getMessage());
        return message.startsWith("Connection ") || message.equals("Broken pipe");
    }

    /**
     * The pool says no more than "Timeout" when no connection came free in time, and "Pool closed" while the service is being
     * stopped: whatever is in hand then is another replica's, or the next start's.
     */
    private static boolean isPools(Throwable cause) {
        return cause instanceof NoStackTraceThrowable
                && ("Timeout".equals(cause.getMessage()) || "Pool closed".equals(cause.getMessage()));
    }

    private static String sqlState(Throwable failure) {
        if (failure instanceof PgException refused) {
            return refused.getSqlState();
        }
        // Hibernate keeps the state, not the client's failure.
        return failure instanceof SQLException refused ? refused.getSQLState() : null;
    }
}
