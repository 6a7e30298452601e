package cloud.wuye.device.inbox;

import cloud.wuye.platform.observe.LogContext;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.Tracer;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/** A span per batch: how long it took, how much it held, whose it was. */
@ApplicationScoped
class BatchTrace {
    /** Name of the span. */
    static final String NAME = "ingest batch";

    private static final AttributeKey<Long> MESSAGES = AttributeKey.longKey("wuye.messages");
    private static final AttributeKey<Long> PARKED = AttributeKey.longKey("wuye.parked");
    private static final AttributeKey<String> ONE_TENANT = AttributeKey.stringKey(LogContext.TENANT_ATTRIBUTE);
    private static final AttributeKey<List<String>> TENANTS = AttributeKey.stringArrayKey(LogContext.TENANT_ATTRIBUTE);

    private final Tracer tracer;

    BatchTrace(Tracer tracer) {
        this.tracer = tracer;
    }

    /** Begins a trace of its own for the batch; whoever begins it ends it. */
    Begun begin(List<Arrival> batch) {
        return new Begun(tracer.spanBuilder(NAME)
                .setNoParent()
                .setSpanKind(SpanKind.CONSUMER)
                .setAttribute(MESSAGES, (long) batch.size())
                .startSpan());
    }

    /** The trace of a batch that is under way. */
    record Begun(Span span) {
        /** What log lines about the batch carry. */
        String id() {
            return span.getSpanContext().getTraceId();
        }

        /** The batch is stored, or refused as a whole. */
        void end(Stored stored, Throwable failure) {
            if (failure == null) {
                describe(span, stored);
            } else {
                span.setStatus(StatusCode.ERROR, String.valueOf(failure));
            }
            span.end();
        }
    }

    private static void describe(Span span, Stored stored) {
        Set<UUID> tenants = stored.tenants();
        span.setAttribute(PARKED, (long) stored.parked().size());
        if (tenants.size() == 1) {
            span.setAttribute(ONE_TENANT, tenants.iterator().next().toString());
        } else if (!tenants.isEmpty()) {
            span.setAttribute(TENANTS, tenants.stream().map(UUID::toString).toList());
        }
    }
}
