package cloud.wuye.device.metering;

import cloud.wuye.platform.security.Roles;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import java.util.UUID;
import org.eclipse.microprofile.graphql.Description;
import org.eclipse.microprofile.graphql.GraphQLApi;
import org.eclipse.microprofile.graphql.Id;
import org.eclipse.microprofile.graphql.Mutation;
import org.eclipse.microprofile.graphql.NonNull;

/** The GraphQL door to metering: what can be done. */
@GraphQLApi
public class MeterChangeApi {
    private final ChangeMeter change;

    MeterChangeApi(ChangeMeter change) {
        this.change = change;
    }

    @Mutation
    @NonNull
    @Description(
            "Puts a meter in at a service point. What it read before does not count there. A meter that was never put in "
                    + "counts at a service point of its own, which has its id.")
    @RolesAllowed({Roles.MANAGER, Roles.TECHNICIAN})
    public Uni<MeterInstallationView> installMeter(
            @Id @NonNull @Description("The meter.") UUID deviceId,
            @Id @Description("The service point; absent: the meter's own.") UUID servicePointId,
            @Valid @NonNull @Description("How it is put in.") MeterFittingInput fitting) {
        return change.install(deviceId, servicePointId, fitting);
    }

    @Mutation
    @NonNull
    @Description("Takes a meter out with its last reading. What it reads later does not count.")
    @RolesAllowed({Roles.MANAGER, Roles.TECHNICIAN})
    public Uni<MeterInstallationView> removeMeter(
            @Id @NonNull @Description("The meter.") UUID deviceId,
            @Valid @NonNull @Description("How it is taken out.") MeterRemovalInput removal) {
        return change.remove(deviceId, removal);
    }

    @Mutation
    @NonNull
    @Description("Replaces a meter by another at the same service point: out and in at one instant, or not at all.")
    @RolesAllowed({Roles.MANAGER, Roles.TECHNICIAN})
    public Uni<MeterInstallationView> replaceMeter(
            @Id @NonNull @Description("The meter that goes.") UUID deviceId,
            @Id @NonNull @Description("The meter that comes.") UUID replacementId,
            @Valid @NonNull @Description("How the old one is taken out; its instant holds for both.")
                    MeterRemovalInput removal,
            @Valid @NonNull @Description("How the new one is put in.") MeterFittingInput fitting) {
        return change.replace(deviceId, replacementId, removal, fitting);
    }

    @Mutation
    @NonNull
    @Description("Stores what a person read off a meter. It is judged like any other reading: see its quality.")
    @RolesAllowed({Roles.MANAGER, Roles.TECHNICIAN})
    public Uni<MeterReadingView> recordManualReading(
            @Id @NonNull @Description("The meter.") UUID deviceId,
            @Valid @NonNull @Description("What was read.") ManualReadingInput reading) {
        return change.read(deviceId, reading);
    }
}
