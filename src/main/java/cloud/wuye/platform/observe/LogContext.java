package cloud.wuye.platform.observe;

import io.opentelemetry.api.trace.Span;
import io.smallrye.common.vertx.VertxContext;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.impl.ContextInternal;
import java.util.UUID;
import org.jboss.logging.MDC;

/** What every log line and span of a request or unit of work carries, so that one company's trouble can be found. */
public final class LogContext {
    /** The attribute of spans that names the company; of several companies' work, all of them. */
    public static final String TENANT_ATTRIBUTE = "wuye.tenant";

    private static final String TENANT = "tenant";
    private static final String TRACE = "traceId";

    private LogContext() {}

    /** Does something short whose log lines are this company's, if there is one; what comes after it is not marked. */
    public static void during(UUID tenantId, String traceId, Runnable act) {
        Context context = Vertx.currentContext();
        if (context == null || VertxContext.isDuplicatedContext(context)) {
            marked(tenantId, traceId, act);
        } else {
            // Nothing can be put into an event loop's own context: it is everybody's.
            ((ContextInternal) VertxContext.createNewDuplicatedContext(context))
                    .dispatch(() -> marked(tenantId, traceId, act));
        }
    }

    private static void marked(UUID tenantId, String traceId, Runnable act) {
        Object tenantBefore = MDC.get(TENANT);
        Object traceBefore = MDC.get(TRACE);
        put(TENANT, tenantId);
        put(TRACE, traceId);
        try {
            act.run();
        } finally {
            put(TENANT, tenantBefore);
            put(TRACE, traceBefore);
        }
    }

    private static void put(String key, Object value) {
        if (value == null) {
            MDC.remove(key);
        } else {
            MDC.put(key, value.toString());
        }
    }

    /** Sets whose work this is, for the current Vert.x context and the current span. */
    public static void enter(UUID tenantId, String traceId) {
        if (tenantId != null) {
            MDC.put(TENANT, tenantId.toString());
            Span.current().setAttribute(TENANT_ATTRIBUTE, tenantId.toString());
        }
        if (traceId != null) {
            MDC.put(TRACE, traceId);
        }
    }
}
