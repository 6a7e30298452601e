package cloud.wuye.device.metering;

import jakarta.validation.constraints.Digits;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.PositiveOrZero;
import jakarta.validation.constraints.Size;
import java.math.BigDecimal;
import java.time.Instant;
import org.eclipse.microprofile.graphql.Description;
import org.eclipse.microprofile.graphql.Input;
import org.eclipse.microprofile.graphql.NonNull;

/** What a person read off a meter. */
@Input("ManualReadingInput")
@Description("What a person read off a meter.")
public record ManualReadingInput(
        @Description("Which counter. Absent: TOTAL.") MeterRegister register,
        @NonNull
                @NotNull
                @PositiveOrZero
                @Digits(integer = 10, fraction = 4)
                @Description("What it shows: kWh or m³, before transformer ratio and multiplier.")
                BigDecimal value,
        @Description("When it was read; at most 35 days ago. Absent: now.") Instant readAt,
        @NonNull @NotBlank @Size(max = 500) @Description("Why it was read by hand.") String reason,
        @Size(max = 500)
                @Pattern(regexp = PHOTO, message = "{cloud.wuye.photo}")
                @Description(
                        "拍照抄表: where its picture is kept, an https address or the key of an object. Not looked into.")
                String photo) {
    /** An address without spaces and log-in, or words of a path that leads nowhere upwards. */
    static final String PHOTO =
            "https://[^\\s@\\p{Cntrl}]+|[0-9A-Za-z_][0-9A-Za-z_-]*([./][0-9A-Za-z_][0-9A-Za-z_-]*)*";
}
