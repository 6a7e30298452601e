package cloud.wuye.device.metering.report;

import cloud.wuye.device.metering.MeterRegister;
import io.vertx.core.json.JsonObject;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.OffsetDateTime;
import org.eclipse.microprofile.graphql.Description;
import org.eclipse.microprofile.graphql.NonNull;
import org.eclipse.microprofile.graphql.Type;

/** What a counter showed last, as clients see it. */
@Type("RegisterFigure")
@Description("What a counter showed at its last believed reading.")
public record RegisterFigureView(
        @NonNull @Description("Which counter.") MeterRegister register,
        @NonNull @Description("What it showed: kWh or m³, before ratio and multiplier.") BigDecimal value,
        @NonNull @Description("When.") Instant readAt) {
    static RegisterFigureView of(Object json) {
        JsonObject figure = (JsonObject) json;
        return new RegisterFigureView(
                MeterRegister.valueOf(figure.getString("register")),
                new BigDecimal(figure.getString("value")),
                OffsetDateTime.parse(figure.getString("at")).toInstant());
    }
}
