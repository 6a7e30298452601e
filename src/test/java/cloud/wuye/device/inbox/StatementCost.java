package cloud.wuye.device.inbox;

import io.vertx.core.AsyncResult;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.sqlclient.PreparedQuery;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/** What each statement of a connection costs its backend, as the kernel counts it to the nanosecond. */
final class StatementCost {
    private final Path schedule;
    private final SqlConnection counted;
    private final Map<String, Long> nanos = new LinkedHashMap<>();
    private final Set<String> statements = new LinkedHashSet<>();

    /** @param backend the process that serves the connection, on this machine */
    StatementCost(SqlConnection connection, int backend) {
        schedule = Path.of("/proc/" + backend + "/schedstat");
        counted = SqlConnection.newInstance((io.vertx.sqlclient.SqlConnection) proxy(
                io.vertx.sqlclient.SqlConnection.class,
                connection.getDelegate(),
                (method, arguments, result) -> method.getName().equals("preparedQuery")
                        ? proxy(PreparedQuery.class, result, this::execution, (String) arguments[0])
                        : result,
                null));
    }

    /** The connection, whose statements are counted as long as they go one by one. */
    SqlConnection connection() {
        return counted;
    }

    /** All the backend has computed so far, in nanoseconds. */
    long cpu() {
        try {
            return Long.parseLong(Files.readString(schedule).split(" ")[0]);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Nanoseconds by statement since the last time this was asked. */
    Map<String, Long> take() {
        Map<String, Long> taken = new LinkedHashMap<>(nanos);
        nanos.clear();
        return taken;
    }

    /** All statements so far. */
    Set<String> statements() {
        return statements;
    }

    @FunctionalInterface
    private interface After {
        Object result(Method method, Object[] arguments, Object result);
    }

    @FunctionalInterface
    private interface Execution {
        void count(String sql, long since);
    }

    private void execution(String sql, long since) {
        statements.add(sql);
        nanos.merge(sql, cpu() - since, Long::sum);
    }

    private Object proxy(Class<?> type, Object target, After after, Object none) {
        return Proxy.newProxyInstance(
                type.getClassLoader(),
                new Class<?>[] {type},
                (self, method, arguments) -> after.result(method, arguments, call(target, method, arguments)));
    }

    private Object proxy(Class<?> type, Object target, Execution execution, String sql) {
        return Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, (self, method, arguments) -> {
            if (!method.getName().equals("execute")) {
                return call(target, method, arguments);
            }
            long since = cpu();
            int last = arguments.length - 1;
            if (last >= 0 && arguments[last] instanceof Handler<?> handler) {
                arguments[last] = (Handler<AsyncResult<Object>>) result -> {
                    execution.count(sql, since);
                    pass(handler, result);
                };
                return call(target, method, arguments);
            }
            Future<?> result = (Future<?>) call(target, method, arguments);
            return result.onComplete(done -> execution.count(sql, since));
        });
    }

    @SuppressWarnings("unchecked")
    private static void pass(Handler<?> handler, AsyncResult<Object> result) {
        ((Handler<AsyncResult<Object>>) handler).handle(result);
    }

    private static Object call(Object target, Method method, Object[] arguments) throws Throwable {
        try {
            return method.invoke(target, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }
}
