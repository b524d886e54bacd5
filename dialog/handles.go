package dialog

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
)

// The words of a handle: calm, easy to say and to spell on the telephone, no
// common given name or surname, nothing that could describe a client.
var (
	handleAdjectives = strings.Fields(`
		agile airy ample beige bold brass breezy brisk bronze chalky cheery civic classic clear cloudy coastal cobalt
		copper cosmic cozy curly curved dapper dotted earthy eastern fabled famous fleecy floral fluffy foggy formal
		fresh frosty gentle gilded glassy glossy grassy hearty humble leafy level linen lunar magenta marble mellow
		mighty minty modern modest mossy neat nimble northern oaken ochre orange oval paper pastel peachy placid plaid
		plucky plush polar purple quaint quiet quilted rapid regal ribbed ripe robust rustic satin scenic seaside
		shiny silent silken sleek smooth snowy snug solar solid spare spiral spotted spry square starry stately steady
		steep stellar striped sturdy subtle supple tidy tiled tinted tranquil trim upbeat valiant vast verdant vintage
		vivid warm wavy western wide willing wintry woolen zesty`)
	handleNouns = strings.Fields(`
		acorn anchor antler anvil apple apron arbor bagel bamboo banjo barley basket beacon beetle bench bicycle
		biscuit bison blanket bobcat bonnet boulder bucket cabin cactus camel canoe caravan carrot celery cello chalet
		citrus coconut comet compass condor cornet cottage coyote crayon creek cricket curlew dolphin duckling eagle
		easel egret feather fiddle fjord flute galaxy garden gazelle gecko geyser giraffe glacier goose guitar gull
		hamlet hammock hedge hedgehog heron hickory iguana inlet island kayak kettle kite kiwi koala lagoon lantern
		larch lemur lichen lilac llama lobster lynx magnet magpie mallard mango marmot melon meteor mitten moose
		muffin mulberry nettle newt nutmeg oasis oatmeal onion orchard orchid oriole osprey otter owl oyster paddle
		panda panther papaya parrot parsley pasture peach pear pebble pecan pelican penguin petal pheasant piano
		pigeon plaza plover plum pony poplar prairie puffin pumpkin quail quartz quill quilt rabbit raccoon radish
		raft rainbow ribbon rooster saffron sandal sapling sardine scarf shore spruce squirrel stork stream sundial
		sunrise sycamore teapot thicket thimble thistle tomato tortoise toucan trellis tulip tundra turnip turtle
		valley violin walnut walrus warbler whistle window wombat yarrow zebra zucchini`)
)

// The numbers of a handle.
const (
	firstHandleNumber = 10
	handleNumbers     = 990
)

// Handles is how many different handles there are.
func Handles() uint64 {
	return uint64(len(handleAdjectives)) * uint64(len(handleNouns)) * handleNumbers
}

// Handle turns a random number into a handle such as "mellow-heron-42". Numbers
// that are equal modulo [Handles] give the same handle.
func Handle(r uint64) string {
	number := r % handleNumbers
	r /= handleNumbers
	noun := handleNouns[r%uint64(len(handleNouns))]
	r /= uint64(len(handleNouns))
	adjective := handleAdjectives[r%uint64(len(handleAdjectives))]
	return fmt.Sprintf("%s-%s-%d", adjective, noun, firstHandleNumber+number)
}

// IsHandle reports whether s is a handle that [Handle] can return.
func IsHandle(s string) bool {
	adjective, rest, _ := strings.Cut(s, "-")
	noun, number, _ := strings.Cut(rest, "-")
	n, err := strconv.Atoi(number)
	return err == nil && strconv.Itoa(n) == number && n >= firstHandleNumber && n < firstHandleNumber+handleNumbers &&
		slices.Contains(handleAdjectives, adjective) && slices.Contains(handleNouns, noun)
}
