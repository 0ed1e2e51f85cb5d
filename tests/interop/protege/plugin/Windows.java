/* Windows that ask something are noted with their text and closed; those that show progress are not noted. */
package walk;

import java.awt.AWTEvent;
import java.awt.Component;
import java.awt.Dialog;
import java.awt.event.AWTEventListener;
import java.awt.event.WindowEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import javax.swing.JLabel;
import javax.swing.JOptionPane;
import javax.swing.JProgressBar;
import javax.swing.SwingUtilities;
import javax.swing.text.JTextComponent;

final class Windows implements AWTEventListener {
    private final BiConsumer<String, Object> say;

    Windows(BiConsumer<String, Object> say) {
        this.say = say;
    }

    @Override
    public void eventDispatched(AWTEvent event) {
        if (event.getID() != WindowEvent.WINDOW_OPENED || !(event.getSource() instanceof Dialog)) {
            return;
        }
        Dialog dialog = (Dialog) event.getSource();
        List<Component> inside = new ArrayList<>();
        Walk.collect(dialog, Component.class, inside);
        if (inside.stream().anyMatch(part -> part instanceof JProgressBar)) {
            return;
        }
        StringBuilder text = new StringBuilder(String.valueOf(dialog.getTitle()));
        for (Component part : inside) {
            if (part instanceof JLabel && ((JLabel) part).getText() != null) {
                text.append(" | ").append(((JLabel) part).getText());
            } else if (part instanceof JTextComponent) {
                text.append(" | ").append(((JTextComponent) part).getText());
            } else if (part instanceof JOptionPane && ((JOptionPane) part).getMessage() instanceof String) {
                text.append(" | ").append(((JOptionPane) part).getMessage());
            }
        }
        say.accept("dialog", text);
        SwingUtilities.invokeLater(dialog::dispose);
    }
}
