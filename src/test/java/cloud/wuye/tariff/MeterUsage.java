package cloud.wuye.tariff;

import cloud.wuye.tariff.rating.Usage;
import cloud.wuye.tariff.rating.Used;
import io.vertx.mutiny.sqlclient.Tuple;
import java.math.BigDecimal;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.IntFunction;

/** A usage with all that the SQL function wants to know of it. */
record MeterUsage(UUID meter, UUID plan, Usage usage, Used used) {
    static final String CALL =
            "rate_usage($1::uuid[], $2::uuid[], $3::uuid[], $4::timestamptz[], $5::timestamptz[], $6::numeric[],"
                    + " $7::text[], $8::numeric[], $9::numeric[])";

    static Tuple parameters(UUID tenant, List<MeterUsage> batch) {
        return Tuple.from(new Object[] {
            column(batch, UUID[]::new, each -> tenant),
            column(batch, UUID[]::new, MeterUsage::meter),
            column(batch, UUID[]::new, MeterUsage::plan),
            column(batch, OffsetDateTime[]::new, each -> each.usage.from().atOffset(ZoneOffset.UTC)),
            column(batch, OffsetDateTime[]::new, each -> each.usage.to().atOffset(ZoneOffset.UTC)),
            column(batch, BigDecimal[]::new, each -> each.usage.quantity()),
            column(
                    batch,
                    String[]::new,
                    each -> each.usage.counter() == null
                            ? null
                            : each.usage.counter().name()),
            column(batch, BigDecimal[]::new, each -> each.used.month()),
            column(batch, BigDecimal[]::new, each -> each.used.year())
        });
    }

    private static <T> T[] column(List<MeterUsage> batch, IntFunction<T[]> array, Function<MeterUsage, T> value) {
        return batch.stream().map(value).toArray(array);
    }
}
