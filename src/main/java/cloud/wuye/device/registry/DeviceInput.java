package cloud.wuye.device.registry;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.util.UUID;
import org.eclipse.microprofile.graphql.Description;
import org.eclipse.microprofile.graphql.Id;
import org.eclipse.microprofile.graphql.Input;
import org.eclipse.microprofile.graphql.NonNull;

/** A device to register. */
@Input("DeviceInput")
@Description("A device to register.")
public record DeviceInput(
        @NonNull @NotNull @Description("What it is; it cannot change later.") DeviceKind kind,
        @NonNull
                @NotNull
                @Size(max = 64)
                @Pattern(regexp = ".*\\S.*")
                @Description("The maker's serial number, unique in the company, 1 to 64 characters.")
                String serialNo,
        @Size(max = 100) @Description("How people call it, up to 100 characters; the serial number when absent.")
                String name,
        @Size(max = 100) @Description("The maker's model.") String model,
        @Id @Description("Where it stands.") UUID spaceId,
        @Id @Description("The gateway that speaks for it. A device behind a gateway has no login of its own.")
                UUID gatewayId,
        @Min(5) @Max(86_400) @Description("How often it is heard of at least, in seconds, 5 to 86400; 60 when absent.")
                Integer heartbeatSeconds) {}
