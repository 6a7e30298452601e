package cloud.wuye.platform.observe;

import java.util.UUID;
import org.jboss.logging.MDC;

/** What every log line of a request or unit of work carries, so that one company's trouble can be found. */
public final class LogContext {
    private static final String TENANT = "tenant";
    private static final String TRACE = "traceId";

    private LogContext() {}

    /** Sets whose work this is, for the current Vert.x context. */
    public static void enter(UUID tenantId, String traceId) {
        if (tenantId != null) {
            MDC.put(TENANT, tenantId.toString());
        }
        if (traceId != null) {
            MDC.put(TRACE, traceId);
        }
    }
}
