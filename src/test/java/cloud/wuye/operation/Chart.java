package cloud.wuye.operation;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.introspect.Annotated;
import com.fasterxml.jackson.databind.introspect.JacksonAnnotationIntrospector;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.marcnuri.helm.Helm;
import com.marcnuri.helm.LintResult;
import com.marcnuri.helm.TemplateCommand;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.autoscaling.v2.HorizontalPodAutoscaler;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.networking.v1.Ingress;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import io.fabric8.openshift.api.model.monitoring.v1.ServiceMonitor;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The chart as Helm itself renders it, each object read by Kubernetes' own model; a field that the model lacks is refused. */
final class Chart {
    /** Marks a hook in what {@link #render} gives. */
    static final String HOOK = "shown/hook";

    private static final Path HOME = Path.of("helm/wuye-cloud");
    // Helm's library keeps hooks to itself; here they have no mark that it knows.
    private static final Path HOOKS_SHOWN = copy(Path.of("target", "chart-with-hooks-shown"), true);

    private static final Map<String, Class<? extends HasMetadata>> MODEL = Map.ofEntries(
            Map.entry("v1/ConfigMap", ConfigMap.class),
            Map.entry("v1/Secret", Secret.class),
            Map.entry("v1/Service", Service.class),
            Map.entry("v1/ServiceAccount", ServiceAccount.class),
            Map.entry("apps/v1/StatefulSet", StatefulSet.class),
            Map.entry("batch/v1/Job", Job.class),
            Map.entry("autoscaling/v2/HorizontalPodAutoscaler", HorizontalPodAutoscaler.class),
            Map.entry("policy/v1/PodDisruptionBudget", PodDisruptionBudget.class),
            Map.entry("networking.k8s.io/v1/Ingress", Ingress.class),
            Map.entry("networking.k8s.io/v1/NetworkPolicy", NetworkPolicy.class),
            Map.entry("monitoring.coreos.com/v1/ServiceMonitor", ServiceMonitor.class));

    private static final ObjectMapper STRICT = YAMLMapper.builder()
            .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .annotationIntrospector(new Strictness())
            .build();
    private static final ObjectMapper YAML = new YAMLMapper();

    private final List<HasMetadata> objects;

    private Chart(List<HasMetadata> objects) {
        this.objects = objects;
    }

    /**
     * Renders release {@code wuye} in namespace {@code estate}, the hooks among the rest.
     *
     * @throws IllegalStateException when Helm does not take for hooks what is meant so, or the other way round
     */
    static Chart render(String values, Map<String, Object> set) {
        List<HasMetadata> all = parse(template(HOOKS_SHOWN, values, set));
        Set<String> released = names(parse(template(HOME, values, set)).stream());
        Set<String> meant = names(all.stream().filter(object -> !isHook(object)));
        if (!released.equals(meant)) {
            throw new IllegalStateException("released " + released + ", meant " + meant);
        }
        return new Chart(all);
    }

    static boolean isHook(HasMetadata object) {
        Map<String, String> notes = object.getMetadata().getAnnotations();
        return notes != null && notes.containsKey(HOOK);
    }

    /** What Helm tells the person who has installed it. */
    static String notes(String values) {
        String said = new Helm(HOME)
                .install()
                .withName("wuye")
                .withNamespace("estate")
                .withKubeVersion("1.32.0")
                .withValuesFile(values(values))
                .clientOnly()
                .dryRun()
                .debug()
                .call()
                .getOutput();
        return said.substring(said.indexOf("\nNOTES:\n"));
    }

    private static String template(Path chart, String values, Map<String, Object> set) {
        TemplateCommand template = new Helm(chart)
                .template()
                .withName("wuye")
                .withNamespace("estate")
                .withKubeVersion("1.32.0")
                .withValuesFile(values(values));
        set.forEach(template::set);
        return template.call();
    }

    private static Set<String> names(Stream<HasMetadata> objects) {
        return objects.map(
                        object -> object.getKind() + " " + object.getMetadata().getName())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    static Chart render(String values) {
        return render(values, Map.of());
    }

    /** What a strict lint says with those values; Helm's own reading of {@code -f}, which its library lacks. */
    static LintResult lint(String values, Path scratch) throws IOException {
        Path copy = copy(scratch.resolve(values), false);
        ObjectNode merged =
                (ObjectNode) YAML.readTree(HOME.resolve("values.yaml").toFile());
        merge(merged, YAML.readTree(values(values).toFile()));
        YAML.writeValue(copy.resolve("values.yaml").toFile(), merged);
        return new Helm(copy).lint().strict().call();
    }

    static List<HasMetadata> parse(String rendered) {
        List<HasMetadata> objects = new ArrayList<>();
        try (MappingIterator<JsonNode> documents = YAMLMapper.builder()
                .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
                .build()
                .readerFor(JsonNode.class)
                .readValues(rendered)) {
            while (documents.hasNextValue()) {
                JsonNode document = documents.nextValue();
                if (document.isEmpty()) {
                    continue;
                }
                String kind = document.path("apiVersion").textValue() + "/"
                        + document.path("kind").textValue();
                if (!MODEL.containsKey(kind)) {
                    throw new IllegalArgumentException("nobody expected " + kind);
                }
                objects.add(STRICT.treeToValue(document, MODEL.get(kind)));
            }
            return objects;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    List<HasMetadata> objects() {
        return objects;
    }

    <T extends HasMetadata> List<T> all(Class<T> type) {
        return objects.stream().filter(type::isInstance).map(type::cast).toList();
    }

    <T extends HasMetadata> T one(Class<T> type, String name) {
        List<T> found = all(type).stream()
                .filter(object -> object.getMetadata().getName().equals(name))
                .toList();
        if (found.size() != 1) {
            throw new AssertionError(found.size() + " of " + type.getSimpleName() + " " + name + " among "
                    + objects.stream()
                            .map(object -> object.getKind() + " "
                                    + object.getMetadata().getName())
                            .toList());
        }
        return found.get(0);
    }

    /** The service's and, where there is one, the migration's. */
    List<PodSpec> pods() {
        return Stream.concat(
                        all(StatefulSet.class).stream().map(set -> set.getSpec().getTemplate()),
                        all(Job.class).stream().map(job -> job.getSpec().getTemplate()))
                .map(template -> template.getSpec())
                .toList();
    }

    StatefulSet statefulSet() {
        return all(StatefulSet.class).get(0);
    }

    static Path values(String name) {
        return HOME.resolve("ci").resolve(name + "-values.yaml");
    }

    private static Path copy(Path into, boolean showHooks) {
        Path copy = into.resolve("wuye-cloud");
        try (Stream<Path> files = Files.walk(HOME)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Path target = copy.resolve(HOME.relativize(file).toString());
                Files.createDirectories(target.getParent());
                String text = Files.readString(file);
                Files.writeString(target, showHooks ? text.replace("helm.sh/hook", HOOK) : text);
            }
            return copy;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void merge(ObjectNode into, JsonNode from) {
        from.properties().forEach(field -> {
            if (field.getValue().isObject() && into.path(field.getKey()).isObject()) {
                merge((ObjectNode) into.get(field.getKey()), field.getValue());
            } else {
                into.set(field.getKey(), field.getValue());
            }
        });
    }

    /** The model keeps fields that it does not know; then nothing would be refused. */
    private static final class Strictness extends JacksonAnnotationIntrospector {
        private static final long serialVersionUID = 1;

        @Override
        public Boolean hasAnySetter(Annotated annotated) {
            return false;
        }
    }
}
