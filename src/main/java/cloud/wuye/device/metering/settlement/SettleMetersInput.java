package cloud.wuye.device.metering.settlement;

import cloud.wuye.tariff.Commodity;
import io.quarkus.runtime.annotations.RegisterForReflection;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Size;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.graphql.Description;
import org.eclipse.microprofile.graphql.Id;
import org.eclipse.microprofile.graphql.Input;
import org.eclipse.microprofile.graphql.NonNull;

/** Which meters are settled, and up to when. */
@RegisterForReflection
@Input("SettleMetersInput")
@Description("Which meters are settled, and up to when. Absent fields narrow nothing.")
public record SettleMetersInput(
        @Id @Size(max = 1000) @Description("Only these meters, at most 1000.") List<UUID> deviceIds,
        @Id @Description("Only those in this space or below it.") UUID within,
        @Description("Only those of this commodity.") Commodity commodity,
        @Description("Readings after it are not looked at; not in the future. Absent: now.") Instant at,
        @NonNull
                @NotBlank
                @Size(max = 100)
                @Description("The client's own key for this click; a repetition finds the first run.")
                String clientKey) {}
