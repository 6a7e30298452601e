package cloud.wuye.tariff;

import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import org.eclipse.microprofile.graphql.Description;
import org.eclipse.microprofile.graphql.Input;
import org.eclipse.microprofile.graphql.NonNull;

/** A tariff plan as a person writes it. */
@Input("TariffPlanInput")
@Description("A tariff plan.")
public record TariffPlanInput(
        @NonNull @NotBlank @Size(max = 100) @Description("Its name, unique in the company.") String name,
        @NonNull @Description("What it prices.") Commodity commodity,
        @Pattern(regexp = "[A-Z]{3}") @Description("Its currency; CNY when absent.") String currency) {}
