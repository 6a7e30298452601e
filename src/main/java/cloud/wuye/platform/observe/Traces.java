package cloud.wuye.platform.observe;

import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;

/** The trace that the present work belongs to: what logs, audit entries, messages and errors are found together by. */
public final class Traces {
    private Traces() {}

    /** Its id, or null when there is none. Ask where the work is begun or in what follows it, not on a thread of one's own. */
    public static String currentId() {
        SpanContext span = Span.current().getSpanContext();
        return span.isValid() ? span.getTraceId() : null;
    }
}
