package cloud.wuye.device.inbox;

import cloud.wuye.platform.observe.LogContext;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.Tracer;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;

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

    /** The same work, with a span around it that starts a trace of its own. */
    Uni<Stored> around(List<Arrival> batch, Supplier<Uni<Stored>> work) {
        return Uni.createFrom().deferred(() -> {
            Span span = tracer.spanBuilder(NAME)
                    .setNoParent()
                    .setSpanKind(SpanKind.CONSUMER)
                    .setAttribute(MESSAGES, (long) batch.size())
                    .startSpan();
            return work.get()
                    .invoke(stored -> describe(span, stored))
                    .onFailure()
                    .invoke(failure -> span.setStatus(StatusCode.ERROR, String.valueOf(failure)))
                    .eventually(() -> {
                        span.end();
                    });
        });
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
