package cloud.wuye.device.metering.billing;

import cloud.wuye.tariff.Commodity;
import io.quarkus.runtime.annotations.RegisterForReflection;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.graphql.Description;
import org.eclipse.microprofile.graphql.Id;
import org.eclipse.microprofile.graphql.Input;
import org.eclipse.microprofile.graphql.NonNull;

/** Bills that a person wants. */
@RegisterForReflection
@Input("RunBillingInput")
@Description("Bills that a person wants, besides those at the end of each period.")
public record RunBillingInput(
        @NonNull @NotNull @Description("Of what.") Commodity commodity,
        @Description("Up to when; not in the future. Absent: now.") Instant cutAt,
        @Id @Size(max = 1000) @Description("Only of these meters, at most 1000. Absent: all.") List<UUID> deviceIds,
        @NonNull
                @NotBlank
                @Size(max = 100)
                @Description("The client's own key for this click; a repetition finds the first run.")
                String clientKey) {}
