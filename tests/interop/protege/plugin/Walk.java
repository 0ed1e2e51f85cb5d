/*
 * A plugin of Protege that walks through an opened ontology by a list of steps, takes pictures, and says what it saw.
 *
 * One step a line in the file of -Dwalk.steps; what is seen goes to the file of -Dwalk.saw, "name<TAB>value" a line,
 * and pictures beside it. All steps are calls of Protege's own interface: no pointer, no keys, no waiting by the clock
 * for what can be asked. The bundle starts before the application does, so that preferences hold from the first window.
 *
 *   language zh en          labels in Chinese, where there is none in English
 *   tab Entities            a tab of the main window, opened where it is not
 *   front VIEW              a view, by the last part of its id, before those that share its place
 *   select class IRI        or property, data, individual: what the views speak of
 *   expand 2                rows of the trees that are seen, to this depth
 *   share VIEW .6           the part that a view takes of the place that it divides with another
 *   untick VIEW this        a box of a view that has a tick
 *   inferred VIEW           a view shows what the reasoner found
 *   reason                  HermiT, until it is done
 *   shot NAME               a picture of the screen, in at most 256 colours
 */
package walk;

import java.awt.AWTEvent;
import java.awt.Component;
import java.awt.Container;
import java.awt.Rectangle;
import java.awt.Robot;
import java.awt.Toolkit;
import java.awt.Window;
import java.awt.image.BufferedImage;
import java.io.File;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.ProxySelector;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.FutureTask;
import javax.imageio.ImageIO;
import javax.swing.JCheckBox;
import javax.swing.JTree;
import javax.swing.SwingUtilities;
import org.coode.mdock.Node;
import org.osgi.framework.BundleActivator;
import org.osgi.framework.BundleContext;
import org.protege.editor.core.ProtegeManager;
import org.protege.editor.core.editorkit.EditorKit;
import org.protege.editor.core.ui.view.View;
import org.protege.editor.core.ui.view.ViewMode;
import org.protege.editor.core.ui.workspace.WorkspaceFrame;
import org.protege.editor.core.ui.workspace.WorkspaceTab;
import org.protege.editor.core.ui.workspace.WorkspaceTabPlugin;
import org.protege.editor.core.update.PluginManager;
import org.protege.editor.owl.OWLEditorKit;
import org.protege.editor.owl.model.OWLModelManager;
import org.protege.editor.owl.model.OWLWorkspace;
import org.protege.editor.owl.model.inference.OWLReasonerManager;
import org.protege.editor.owl.model.inference.ProtegeOWLReasonerInfo;
import org.protege.editor.owl.model.inference.ReasonerStatus;
import org.protege.editor.owl.ui.renderer.OWLRendererPreferences;
import org.semanticweb.owlapi.model.IRI;
import org.semanticweb.owlapi.model.OWLClass;
import org.semanticweb.owlapi.model.OWLClassExpression;
import org.semanticweb.owlapi.model.OWLDataFactory;
import org.semanticweb.owlapi.model.OWLEntity;
import org.semanticweb.owlapi.model.OWLOntology;
import org.semanticweb.owlapi.model.parameters.Imports;
import org.semanticweb.owlapi.reasoner.OWLReasoner;
import org.semanticweb.owlapi.search.EntitySearcher;

public class Walk implements BundleActivator {
    private static final long PATIENCE = 1000L * Long.getLong("walk.patience", 300);
    private final Path saw = Path.of(System.getProperty("walk.saw"));
    private final long started = System.currentTimeMillis();
    private OWLEditorKit kit;
    private OWLModelManager model;
    private OWLWorkspace space;

    @Override
    public void start(BundleContext context) throws IOException {
        Files.writeString(saw, "");
        PluginManager.getInstance().setAutoUpdateEnabled(false);
        ProxySelector.setDefault(new Nowhere(this::say));
        Toolkit.getDefaultToolkit().addAWTEventListener(new Windows(this::say), AWTEvent.WINDOW_EVENT_MASK);
        Thread thread = new Thread(this::run, "walk");
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void stop(BundleContext context) {}

    /** Seconds that processors worked for this process: unlike the clock, alike on a machine that others use. */
    private static double worked() {
        return ProcessHandle.current().info().totalCpuDuration().get().toMillis() / 1000.0;
    }

    private synchronized void say(String name, Object value) {
        try (PrintWriter out = new PrintWriter(Files.newBufferedWriter(saw, StandardOpenOption.APPEND))) {
            out.println(name + "\t" + String.valueOf(value).replaceAll("\\s+", " ").trim());
        } catch (IOException error) {
            error.printStackTrace();
        }
    }

    private void run() {
        try {
            opened();
            for (String line : Files.readAllLines(Path.of(System.getProperty("walk.steps")))) {
                if (!line.isBlank()) {
                    step(line.trim().split("\\s+"));
                }
            }
            say("done", "yes");
        } catch (Throwable error) {
            say("error", error);
            error.printStackTrace();
        }
        Runtime.getRuntime().halt(0);
    }

    /** Waits for the file of the command line to be open and shown, and says what was opened. */
    private void opened() throws Exception {
        until("an open ontology", () -> {
            if (Arrays.stream(Window.getWindows()).noneMatch(any -> any instanceof WorkspaceFrame && any.isShowing())) {
                return false;  // Protege's manager must not be asked before it is initialised
            }
            for (EditorKit open : ProtegeManager.getInstance().getEditorKitManager().getEditorKits()) {
                WorkspaceFrame frame = ProtegeManager.getInstance().getFrame(open.getWorkspace());
                if (open instanceof OWLEditorKit && frame != null && frame.isShowing()) {
                    kit = (OWLEditorKit) open;
                    return true;
                }
            }
            return false;
        });
        say("seconds until shown", (System.currentTimeMillis() - started) / 1000.0);
        say("processor seconds until shown", worked());
        model = kit.getOWLModelManager();
        space = kit.getOWLWorkspace();
        WorkspaceFrame frame = ProtegeManager.getInstance().getFrame(space);
        OWLOntology root = onSwing(() -> {
            Rectangle screen = frame.getGraphicsConfiguration().getBounds();
            frame.setBounds(screen);
            frame.validate();
            return model.getActiveOntology();
        });
        say("title", frame.getTitle());
        say("root", root.getOntologyID().getOntologyIRI().get());
        for (OWLOntology part : root.getImportsClosure()) {
            say("ontology", part.getOntologyID().getOntologyIRI().get() + " " + model.getOntologyPhysicalURI(part));
        }
        say("imports not loaded", root.getImportsClosure().stream()
            .mapToInt(part -> part.getImportsDeclarations().size() - part.getDirectImports().size()).sum());
        say("axioms", root.getAxiomCount(Imports.INCLUDED));
        say("classes", root.getClassesInSignature(Imports.INCLUDED).size());
        say("individuals", root.getIndividualsInSignature(Imports.INCLUDED).size());
        System.gc();
        Runtime java = Runtime.getRuntime();
        say("memory MB", (java.totalMemory() - java.freeMemory()) >> 20);
    }

    private void step(String[] words) throws Exception {
        switch (words[0]) {
            case "language" -> onSwing(() -> {
                List<String> languages = Arrays.asList(words).subList(1, words.length);
                OWLRendererPreferences.getInstance().setAnnotationLanguages(languages);
                model.refreshRenderer();
                space.refreshComponents();
                return null;
            });
            case "tab" -> onSwing(() -> {
                tab(String.join(" ", Arrays.asList(words).subList(1, words.length)));
                return null;
            });
            case "front" -> onSwing(() -> {
                ((org.protege.editor.core.ui.workspace.WorkspaceViewsTab) space.getSelectedTab())
                    .bringViewToFront("org.protege.editor.owl." + words[1]);
                views(words[1]).forEach(Walk::front);
                return null;
            });
            case "share" -> onSwing(() -> {
                for (View view : views(words[1])) {
                    Node node = view.getComponentNode();
                    double share = Double.parseDouble(words[2]);
                    List<Node> beside = node.getParent().getVisibleChildren();
                    beside.forEach(one -> one.getParent().setSplit(one,
                        one == node ? share : (1 - share) / (beside.size() - 1)));
                }
                space.revalidate();
                return null;
            });
            case "untick" -> onSwing(() -> {
                List<JCheckBox> boxes = new ArrayList<>();
                views(words[1]).forEach(view -> collect(view, JCheckBox.class, boxes));
                boxes.removeIf(box -> !box.isSelected() || !box.getText().equals(words[2]));
                boxes.forEach(JCheckBox::doClick);
                return null;
            });
            case "inferred" -> onSwing(() -> {
                views(words[1]).forEach(view -> view.setViewMode(ViewMode.INFERRED));
                return null;
            });
            case "select" -> onSwing(() -> {
                OWLEntity entity = entity(words[1], IRI.create(words[2]));
                space.getOWLSelectionModel().setSelectedEntity(entity);
                say("selected", model.getRendering(entity));
                return null;
            });
            case "expand" -> onSwing(() -> {
                for (JTree tree : all(JTree.class)) {
                    for (int row = 0; row < tree.getRowCount(); row++) {
                        if (tree.isShowing() && tree.getPathForRow(row).getPathCount() <= Integer.parseInt(words[1])) {
                            tree.expandRow(row);
                        }
                    }
                }
                return null;
            });
            case "reason" -> reason();
            case "shot" -> shot(words[1]);
            default -> throw new IllegalArgumentException("no such step: " + words[0]);
        }
        settle();
    }

    private OWLEntity entity(String kind, IRI iri) {
        OWLDataFactory make = model.getOWLDataFactory();
        OWLEntity entity = switch (kind) {
            case "class" -> make.getOWLClass(iri);
            case "property" -> make.getOWLObjectProperty(iri);
            case "data" -> make.getOWLDataProperty(iri);
            case "individual" -> make.getOWLNamedIndividual(iri);
            default -> throw new IllegalArgumentException("no such kind: " + kind);
        };
        if (!model.getActiveOntology().containsEntityInSignature(entity, Imports.INCLUDED)) {
            throw new IllegalArgumentException("not in the ontology: " + iri);
        }
        return entity;
    }

    private void tab(String label) {
        for (WorkspaceTab tab : space.getWorkspaceTabs()) {
            if (tab.getLabel().equals(label)) {
                space.setSelectedTab(tab);
                return;
            }
        }
        for (WorkspaceTabPlugin plugin : space.getOrderedPlugins()) {
            if (plugin.getLabel().equals(label)) {
                space.setSelectedTab(space.addTabForPlugin(plugin));
                return;
            }
        }
        throw new IllegalArgumentException("no such tab: " + label);
    }

    /** The views that are seen now or lie behind another, by the last part of their id. */
    private List<View> views(String id) {
        List<View> found = new ArrayList<>();
        for (View view : all(View.class)) {
            boolean here = SwingUtilities.isDescendingFrom(view, space.getSelectedTab());
            if (here && String.valueOf(view.getId()).endsWith("." + id)) {
                found.add(view);
            }
        }
        if (found.isEmpty()) {
            throw new IllegalArgumentException("no such view: " + id);
        }
        return found;
    }

    /** Selects the tab in which a view lies, where views share a place. */
    private static void front(Component view) {
        for (Container up = view.getParent(); up != null; view = up, up = up.getParent()) {
            if (up instanceof javax.swing.JTabbedPane && ((javax.swing.JTabbedPane) up).indexOfComponent(view) >= 0) {
                ((javax.swing.JTabbedPane) up).setSelectedComponent(view);
            }
        }
    }

    private void reason() throws Exception {
        OWLReasonerManager reasoners = model.getOWLReasonerManager();
        long begun = System.currentTimeMillis();
        double workedBefore = worked();
        onSwing(() -> {
            for (ProtegeOWLReasonerInfo info : reasoners.getInstalledReasonerFactories()) {
                if (info.getReasonerName().startsWith("HermiT")) {
                    reasoners.setCurrentReasonerFactoryId(info.getReasonerId());
                    say("reasoner", info.getReasonerName());
                }
            }
            return reasoners.classifyAsynchronously(reasoners.getReasonerPreferences().getPrecomputedInferences());
        });
        until("the reasoner", () -> {
            ReasonerStatus status = reasoners.getReasonerStatus();
            return status == ReasonerStatus.INITIALIZED || status == ReasonerStatus.INCONSISTENT;
        });
        settle();
        OWLReasoner reasoner = reasoners.getCurrentReasoner();
        say("seconds of reasoning", (System.currentTimeMillis() - begun) / 1000.0);
        say("processor seconds of reasoning", worked() - workedBefore);
        say("consistent", reasoner.isConsistent());
        say("classes with other parents", root().getClassesInSignature(Imports.INCLUDED).stream()
            .filter(one -> !asserted(one).equals(found(reasoner, one))).map(model::getRendering).sorted().toList());
        say("unsatisfiable", reasoner.getUnsatisfiableClasses().getEntitiesMinusBottom().size());
        Runtime java = Runtime.getRuntime();
        say("memory MB after reasoning", (java.totalMemory() - java.freeMemory()) >> 20);
    }

    private OWLOntology root() {
        return model.getActiveOntology();
    }

    private Set<OWLClass> asserted(OWLClass one) {
        Set<OWLClass> parents = new HashSet<>();
        for (OWLClassExpression parent : EntitySearcher.getSuperClasses(one, root().getImportsClosure())) {
            if (!parent.isAnonymous() && !parent.isOWLThing()) {
                parents.add(parent.asOWLClass());
            }
        }
        return parents;
    }

    private static Set<OWLClass> found(OWLReasoner reasoner, OWLClass one) {
        Set<OWLClass> parents = new HashSet<>(reasoner.getSuperClasses(one, true).getFlattened());
        parents.removeIf(OWLClass::isOWLThing);
        return parents;
    }

    private void shot(String name) throws Exception {
        settle();
        Rectangle bounds = ProtegeManager.getInstance().getFrame(space).getBounds();
        BufferedImage seen = new Robot().createScreenCapture(bounds);
        File file = saw.resolveSibling(name + ".png").toFile();
        ImageIO.write(Picture.fewColours(seen), "png", file);
        say("shot", file.getName());
    }

    static <T> void collect(Container top, Class<T> kind, List<? super T> found) {
        for (Component part : top.getComponents()) {
            if (kind.isInstance(part)) {
                found.add(kind.cast(part));
            }
            if (part instanceof Container) {
                collect((Container) part, kind, found);
            }
        }
    }

    private <T> List<T> all(Class<T> kind) {
        List<T> found = new ArrayList<>();
        collect(ProtegeManager.getInstance().getFrame(space), kind, found);
        return found;
    }

    private static <T> T onSwing(Callable<T> action) throws Exception {
        FutureTask<T> task = new FutureTask<>(action);
        SwingUtilities.invokeLater(task);
        return task.get();
    }

    /** Waits until Swing has nothing left to do, and what it does by timers has been done. */
    private static void settle() throws Exception {
        for (int round = 0; round < 4; round++) {
            Thread.sleep(250);
            onSwing(() -> null);
        }
    }

    private static void until(String what, Callable<Boolean> holds) throws Exception {
        long last = System.currentTimeMillis() + PATIENCE;
        while (!onSwing(holds)) {
            if (System.currentTimeMillis() > last) {
                throw new IllegalStateException("waited in vain for " + what);
            }
            Thread.sleep(200);
        }
    }
}
